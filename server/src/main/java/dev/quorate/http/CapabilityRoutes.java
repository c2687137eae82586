package dev.quorate.http;

import dev.quorate.governance.Mode;
import dev.quorate.http.transport.Request;
import dev.quorate.http.transport.Response;
import dev.quorate.json.Json;
import dev.quorate.memories.Approving;
import dev.quorate.memories.Quota;
import dev.quorate.merge.PendingOutcome.State;
import dev.quorate.store.Snapshot;
import dev.quorate.store.Store;
import dev.quorate.subscriptions.EventType;
import java.util.Locale;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/// Answers what this node can do, in the three shapes that clients ask for. What it cannot is said
/// to be false, none or 0.
final class CapabilityRoutes {
  private static final String HEADER = "Accept-Capabilities";
  private static final String NONE = "none";

  /// How many pending actions are counted.
  private static final int PENDING_MAX = 1_000;

  private final Store store;
  private final Approving approving;
  private final Mode mode;
  private final Quota quota;
  private final Supplier<Meaning> meaning;
  private final String version;

  CapabilityRoutes(
      Store store,
      Approving approving,
      Mode mode,
      Quota quota,
      Supplier<Meaning> meaning,
      String version) {
    this.store = store;
    this.approving = approving;
    this.mode = mode;
    this.quota = quota;
    this.meaning = meaning;
    this.version = version;
  }

  /// What the node finds memories by, besides their words.
  ///
  /// @param model what makes its vectors now, empty for nothing
  /// @param dimension of a vector, 0 for none
  record Meaning(String model, int dimension) {
    static final Meaning NONE = new Meaning("", 0);

    boolean ready() {
      return dimension > 0;
    }
  }

  Response capabilities(Request request) {
    var asked = request.header(HEADER).orElse("").strip().toLowerCase(Locale.ROOT);
    var now = meaning.get();
    var json = Json.object();
    switch (asked) {
      case "v1" -> first(json, now);
      case "v2" -> {
        json.put("schema_version", "2");
        second(json, now);
      }
      default -> {
        json.put("schema_version", "3");
        second(json, now);
        third(json, now);
      }
    }
    json.put("storage_backend", "sqlite")
        .put("db_schema_version", store.read(Snapshot::schemaVersion));
    return Bodies.json(200, json);
  }

  private void first(ObjectNode json, Meaning now) {
    json.put("tier", now.ready() ? "semantic" : "keyword").put("version", version);
    var features = json.putObject("features");
    features.put("keyword_search", true);
    features.put("semantic_search", now.ready()).put("hybrid_recall", now.ready());
    for (var absent :
        new String[] {
          "query_expansion",
          "auto_consolidation",
          "auto_tagging",
          "contradiction_analysis",
          "cross_encoder_reranking",
          "memory_reflection"
        }) {
      features.put(absent, false);
    }
    var models = json.putObject("models");
    models.put("embedding", now.ready() ? now.model() : NONE);
    models.put("embedding_dim", now.dimension());
    models.put("llm", NONE).put("cross_encoder", NONE);
  }

  private void second(ObjectNode json, Meaning now) {
    first(json, now);
    json.putObject("permissions").put("mode", mode.text()).put("active_rules", 0);
    var subscribed = store.read(snapshot -> snapshot.subscriptions().size());
    var hooks = json.putObject("hooks").put("registered_count", subscribed);
    var events = hooks.putArray("webhook_events");
    for (var event : EventType.values()) events.add(event.text());
    hooks.put("hook_events_count", 0);
    json.putObject("compaction").put("enabled", false);
    json.putObject("transcripts").put("enabled", false);
    // The graph of vectors is on disk, and nothing is put out of it for want of memory.
    json.putObject("hnsw").put("evictions_total", 0).put("evicted_recently", false);
    var open = store.read(snapshot -> approving.count(snapshot, State.PENDING, PENDING_MAX));
    json.putObject("approval").put("pending_requests", open);
    QuotaRoutes.limits(quota, json.putObject("quota").put("enabled", quota.isOn()));
    json.put("kg_backend", "sqlite");
  }

  private static void third(ObjectNode json, Meaning now) {
    var recall = now.ready() ? "by words and by meaning" : "by words";
    json.put(
        "summary",
        "Replicated memory that is found %s; it has no language model, and its tools are called over HTTP"
            .formatted(recall));
    json.put(
        "to_describe_to_user",
        "I can store, find, link and share memories. What I store is kept on several machines; I find it %s."
            .formatted(recall));
    json.set("tools", Tools.summary());
  }
}
