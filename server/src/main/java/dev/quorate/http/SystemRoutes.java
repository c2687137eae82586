package dev.quorate.http;

import dev.quorate.federation.Federation;
import dev.quorate.federation.MeshRules;
import dev.quorate.federation.Presence;
import dev.quorate.http.transport.Request;
import dev.quorate.http.transport.Response;
import dev.quorate.json.Json;
import dev.quorate.memories.Sweeping;
import dev.quorate.metrics.Meters;
import dev.quorate.store.Snapshot;
import dev.quorate.store.Store;
import dev.quorate.wire.Protocol;

/// Answers about the node itself: health, stats, metrics, collection.
final class SystemRoutes {
  private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

  private final Store store;
  private final Sweeping sweeping;
  private final Mutations mutations;
  private final Meters meters;
  private final String publicKey;
  private final Federation federation;
  private final Embedding embedding;
  private final String version;

  SystemRoutes(
      Store store,
      Sweeping sweeping,
      Mutations mutations,
      Meters meters,
      String publicKey,
      Federation federation,
      Embedding embedding,
      String version) {
    this.store = store;
    this.sweeping = sweeping;
    this.mutations = mutations;
    this.meters = meters;
    this.publicKey = publicKey;
    this.federation = federation;
    this.embedding = embedding;
    this.version = version;
  }

  Response health(Request request) {
    var json = Json.object();
    json.put("status", "ok");
    json.put("service", "quorate");
    json.put("version", version);
    json.put("embedder_ready", embedding.ready());
    json.set("embedding", request.hasAccess() ? embedding.json() : embedding.publicJson());
    json.put("federation_enabled", !federation.alone());
    json.put("node", store.nodeId());
    json.put("epoch", store.epoch());
    return Bodies.json(200, json);
  }

  Response identity(Request request) {
    var json = Json.object();
    json.put("node", store.nodeId());
    json.put("public_key", publicKey);
    json.put("epoch", store.epoch());
    json.put("version", version);
    json.put(MeshRules.ARCHIVE_ON_GC, federation.rules().archiveOnGc());
    json.put(Presence.EMBEDDER, embedding.announced());
    var speaks = json.putArray("speaks");
    Protocol.SPEAKS.forEach(speaks::add);
    return Bodies.json(200, json);
  }

  Response stats(Request request) {
    var totals = store.read(Snapshot::totals);
    var json = Json.object();
    json.put("total", totals.total());
    json.set("by_tier", Counts.json("tier", totals.byTier()));
    json.set("by_namespace", Counts.json("namespace", totals.byNamespace()));
    json.put("expiring_soon", totals.expiringWithinTheHour());
    json.put("links_count", totals.links());
    json.put("archived_total", totals.archived());
    json.put("db_size_bytes", totals.fileBytes());
    json.set("embedding", embedding.json());
    json.put("dim_violations", 0);
    json.put("index_evictions_total", 0);
    return Bodies.json(200, json);
  }

  Response metrics(Request request) {
    return Response.text(200, PROMETHEUS, meters.text());
  }

  Response gc(Request request) {
    return mutations.runInSteps(
        request, () -> Outcome.of(200, "{\"expired_deleted\":%d}".formatted(sweeping.collect())));
  }
}
