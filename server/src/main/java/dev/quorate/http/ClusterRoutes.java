package dev.quorate.http;

import dev.quorate.failure.RequestFailure.NotFound;
import dev.quorate.federation.Federation;
import dev.quorate.federation.LinkStatus;
import dev.quorate.federation.Rounds;
import dev.quorate.http.transport.Request;
import dev.quorate.http.transport.Response;
import dev.quorate.json.Json;
import dev.quorate.store.ReplicaSnapshot;
import dev.quorate.store.Store;
import dev.quorate.time.Timestamps;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/// Answers about the mesh as this node sees it, and about operations on their way.
final class ClusterRoutes {
  private final Store store;
  private final Federation federation;
  private final Receipts receipts;

  ClusterRoutes(Store store, Federation federation, Receipts receipts) {
    this.store = store;
    this.federation = federation;
    this.receipts = receipts;
  }

  /// This node, its quorum, and the link to each peer.
  Response status(Request request) {
    var json = head();
    var policy = federation.policy();
    json.put("nodes", policy.nodes()).put("write_quorum", policy.writes());
    json.put("committed", store.committedSequence());
    var peers = json.putArray("peers");
    federation.status().forEach(status -> peers.add(peer(status)));
    json.put("quarantined", federation.quarantine().size());
    return Bodies.json(200, json);
  }

  private static ObjectNode peer(LinkStatus status) {
    var json = Json.object();
    json.put("url", status.url());
    json.put("node", status.node());
    json.put("epoch", status.epoch());
    json.put("role", status.role());
    json.put("state", status.state());
    json.put("confirmed", status.confirmed());
    json.put("lag", Math.max(0, status.owed() - status.confirmed()));
    json.put("failures", status.failures());
    json.put("trouble", status.trouble());
    json.put("heard_at", status.heardAtMillis() == 0 ? null : time(status.heardAtMillis()));
    return json;
  }

  /// What this node holds, as one hash and the number it stands for.
  Response digest(Request request) {
    record Look(String root, long sequence) {}
    var look =
        store.read(snapshot ->
            new Look(snapshot.digest().root().toString(), snapshot.changes().lastSequence()));
    return Bodies.json(200, head().put("root", look.root()).put("sequence", look.sequence()));
  }

  /// Compares with every peer now, and takes from them what differs.
  Response verify(Request request) {
    var compared = federation.verifyNow();
    var json = head();
    json.put("root", store.read(ReplicaSnapshot::digest).root().toString());
    json.put("equal", compared.stream().allMatch(c -> c.reached() && c.equal()));
    comparisons(json, compared);
    return Bodies.json(200, json);
  }

  private static void comparisons(ObjectNode json, List<Rounds.Comparison> compared) {
    var peers = json.putArray("peers");
    for (var comparison : compared) {
      peers
          .addObject()
          .put("url", comparison.peer())
          .put("reached", comparison.reached())
          .put("equal", comparison.equal())
          .put("taken", comparison.taken());
    }
  }

  /// What peers do not take, and why.
  Response quarantine(Request request) {
    var json = head();
    var items = json.putArray("quarantine");
    for (var item : federation.quarantine()) {
      items
          .addObject()
          .put("peer", item.peer())
          .put("lane", item.lane().name().toLowerCase(Locale.ROOT))
          .put("key", item.key())
          .put("reason", item.reason())
          .put("since", time(item.sinceMillis()))
          .put("retry_at", item.retryMillis() == Long.MAX_VALUE ? null : time(item.retryMillis()));
    }
    json.put("count", items.size());
    return Bodies.json(200, json);
  }

  Response retry(Request request) {
    var count = federation.quarantine().size();
    federation.retryQuarantine();
    return Bodies.json(200, head().put("retrying", count));
  }

  /// How durable an operation of this node is now.
  Response operation(Request request) {
    var token = Token.of(request.pathParameter("token"));
    var ours = token.node().equals(store.nodeId()) && token.epoch().equals(store.epoch());
    if (!ours || token.sequence() > store.committedSequence()) {
      throw new NotFound("no operation of this node has this token; ask the node that answered it");
    }
    return Bodies.json(200, receipts.state(token.sequence()));
  }

  private ObjectNode head() {
    return Json.object().put("node", store.nodeId()).put("epoch", store.epoch());
  }

  private static String time(long millis) {
    return Timestamps.render(Instant.ofEpochMilli(millis));
  }
}
