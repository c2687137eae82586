package dev.quorate.http;

import dev.quorate.federation.Federation;
import dev.quorate.http.transport.Response;
import dev.quorate.json.CanonicalText;
import dev.quorate.json.Json;
import dev.quorate.quorum.Verdict;
import dev.quorate.settings.OnQuorumMiss;
import dev.quorate.store.Origin;
import dev.quorate.store.Store;
import dev.quorate.store.Store.Committed;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/// Answers to mutations with how durable they are (architecture.md 4, Receipt). A mutation that too
/// few nodes hold is answered as exactly that; it stays, and goes on to the peers. Thread-safe.
final class Receipts {
  private static final int UNAVAILABLE = 503;
  private static final int ACCEPTED = 202;

  private final Store store;
  private final Federation federation;

  Receipts(Store store, Federation federation) {
    this.store = store;
    this.federation = federation;
  }

  /// The answer to a mutation, when enough nodes hold it or that cannot be had in time.
  Response of(Outcome outcome, Committed<?> committed) {
    if (outcome.bulk()) {
      var spread = federation.spread(committed);
      return bulk(outcome, spread, committed.ownSequence());
    }
    return answer(outcome, federation.settle(committed), committed.ownSequence());
  }

  /// The answer to one that was carried out before.
  Response replayed(Outcome outcome, long sequence) {
    return upTo(outcome, sequence).with("Idempotency-Replayed", "true");
  }

  /// The answer to one whose changes all have numbers up to this.
  Response upTo(Outcome outcome, long sequence) {
    return answer(outcome, federation.settle(sequence), sequence);
  }

  /// How durable the operation of a token of this node is.
  ObjectNode state(long sequence) {
    var verdict = federation.verdict(sequence);
    var json = Json.object();
    json.put("token", token(sequence));
    json.put("quorum_met", verdict instanceof Verdict.Met);
    json.put("quorum_acks", verdict.nodes().size());
    json.putRawValue("quorum", new RawValue(quorum(verdict)));
    if (verdict instanceof Verdict.NotMet missed) json.set("peers", peers(missed));
    return json;
  }

  String token(long sequence) {
    return Token.text(new Origin(store.nodeId(), store.epoch(), sequence));
  }

  private Response answer(Outcome outcome, Verdict verdict, long sequence) {
    var response =
        switch (verdict) {
          case Verdict.Met _ -> success(outcome, outcome.status(), verdict, sequence);
          case Verdict.NotMet missed ->
              federation.settings().onQuorumMiss() == OnQuorumMiss.ACCEPTED
                  ? success(outcome, ACCEPTED, verdict, sequence)
                  : miss(outcome, missed, sequence);
        };
    if (!outcome.etag().isEmpty()) response = response.with("ETag", outcome.etag());
    return response.with("Quorate-Token", token(sequence));
  }

  private Response success(Outcome outcome, int status, Verdict verdict, long sequence) {
    var json = outcome.json();
    var out = new StringBuilder(json.length() + 240).append(json, 0, json.length() - 1);
    if (json.length() > 2) out.append(',');
    out.append("\"quorum_acks\":").append(verdict.nodes().size());
    // The answer to a vote has a `quorum` of its own (api.md 1.1).
    if (!saysQuorum(json)) out.append(",\"quorum\":").append(quorum(verdict));
    if (verdict instanceof Verdict.NotMet) out.append(",\"durability\":\"local\"");
    out.append(",\"token\":").append(Rendering.quote(token(sequence))).append('}');
    return Response.json(status, out.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static boolean saysQuorum(String json) {
    return json.contains("\"quorum\":") && Json.parse(json).has("quorum");
  }

  private Response miss(Outcome outcome, Verdict.NotMet missed, long sequence) {
    var json = Json.object();
    json.put("error", "quorum_not_met");
    json.put("got", missed.nodes().size());
    json.put("needed", missed.needed());
    json.put("reason", missed.reason().text());
    if (!outcome.memoryIds().isEmpty()) json.put("id", outcome.memoryIds().getFirst());
    json.put("durability", "local");
    json.set("peers", peers(missed));
    json.putRawValue("quorum", new RawValue(quorum(missed)));
    json.put("token", token(sequence));
    return Response.json(UNAVAILABLE, json).with("Retry-After", "2");
  }

  /// Rows are never refused as a whole: the answer lists what each peer still lacks.
  private Response bulk(Outcome outcome, Federation.Spread spread, long sequence) {
    var json = (ObjectNode) Json.parse(outcome.json());
    if (spread.verdict() instanceof Verdict.NotMet missed) {
      var errors = json.withArray("errors");
      missed
          .misses()
          .forEach((node, miss) -> errors.add("catchup to %s: %s".formatted(node, miss.text())));
    }
    json.put("quorum_acks", spread.verdict().nodes().size());
    json.putRawValue("quorum", new RawValue(quorum(spread.verdict())));
    json.set("lacking", lacking(spread.lacking()));
    json.put("token", token(sequence));
    return Response.json(outcome.status(), json).with("Quorate-Token", token(sequence));
  }

  private static ObjectNode lacking(Map<String, Integer> lacking) {
    var json = Json.object();
    lacking.forEach(json::put);
    return json;
  }

  /// Text of the object that tells of the quorum: every answer has one, so it is made without a
  /// tree.
  private String quorum(Verdict verdict) {
    var out = new StringBuilder(160);
    out.append("{\"needed\":").append(federation.policy().writes());
    out.append(",\"acks\":").append(verdict.nodes().size()).append(",\"nodes\":[");
    var separator = "";
    for (var node : verdict.nodes()) {
      out.append(separator);
      CanonicalText.quote(node, out);
      separator = ",";
    }
    out.append("],\"durability\":\"").append(durability(verdict)).append("\"}");
    return out.toString();
  }

  private String durability(Verdict verdict) {
    if (verdict.nodes().size() >= federation.policy().nodes()) return "all";
    return verdict instanceof Verdict.Met ? "quorum" : "local";
  }

  private static ObjectNode peers(Verdict.NotMet missed) {
    var json = Json.object();
    missed.misses().forEach((node, miss) -> json.put(node, miss.text()));
    return json;
  }
}
