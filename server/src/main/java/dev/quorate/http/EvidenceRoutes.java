package dev.quorate.http;

import dev.quorate.failure.RequestFailure.Invalid;
import dev.quorate.failure.RequestFailure.NotFound;
import dev.quorate.http.transport.Request;
import dev.quorate.http.transport.Response;
import dev.quorate.json.Fields;
import dev.quorate.json.Fields.Strictness;
import dev.quorate.json.Json;
import dev.quorate.memories.Contradictions;
import dev.quorate.memories.LinkLookup;
import dev.quorate.memory.Link;
import dev.quorate.memory.Relation;
import dev.quorate.memory.Rules;
import dev.quorate.store.PageEnd;
import dev.quorate.store.Store;
import dev.quorate.time.Timestamps;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Answers about what memories and links are worth: what contradicts what, and who vouches for a
/// link.
final class EvidenceRoutes {
  private static final int MEMORIES_DEFAULT = 50;
  private static final int MEMORIES_MAX = 1_000;

  private final Store store;
  private final Rendering rendering;
  private final SeenNonces nonces = new SeenNonces();

  EvidenceRoutes(Store store, Rendering rendering) {
    this.store = store;
    this.rendering = rendering;
  }

  Response contradictions(Request request) {
    var parameters = Parameters.of(request);
    var given = parameters.text("topic");
    var topic = given == null ? null : Rules.title("topic", given);
    var namespace = parameters.namespace("namespace");
    if (topic == null && namespace == null) {
      throw new Invalid("at least one of topic and namespace is required");
    }
    var limit = parameters.whole("limit", MEMORIES_DEFAULT, 1, MEMORIES_MAX);
    var found =
        Lists.read(
            store,
            request,
            snapshot -> Contradictions.of(snapshot, topic, namespace, limit),
            all -> PageEnd.bytes(all.memories()));
    var links = Json.mapper().createArrayNode();
    for (var link : found.links()) {
      links
          .addObject()
          .put("source_id", link.sourceId())
          .put("target_id", link.targetId())
          .put("relation", Relation.CONTRADICTS.text())
          .put("created_at", Timestamps.render(link.createdAt()))
          .put("synthesized", false);
    }
    for (var pair : found.pairs()) {
      links
          .addObject()
          .put("source_id", pair.first())
          .put("target_id", pair.second())
          .put("relation", Relation.CONTRADICTS.text())
          .put("synthesized", true);
    }
    return Bodies.json(
        200,
        "{\"memories\":%s,\"links\":%s,\"truncated\":%s}"
            .formatted(
                Rendering.array(found.memories(), rendering::memory),
                Json.text(links),
                found.truncated()));
  }

  /// Says what is known of a link's signature. No node has the keys of those who sign links
  /// elsewhere, so none is ever verified here.
  Response verify(Request request) {
    var body = Fields.of(request.json(), Strictness.FRAMEWORK);
    var linkId = body.optionalText("link_id");
    if (linkId != null) Rules.id("link_id", linkId);
    var named = body.optionalText("source_id");
    var source = linkId != null && named == null ? null : body.text("source_id");
    var target = body.optionalText("target_id");
    var relation = body.optionalText("relation");
    var nonce = body.optionalText("verification_nonce");
    if (nonce != null) Rules.id("verification_nonce", nonce);
    if (source == null) {
      throw new NotFound("links have no ids of their own here: name source_id and target_id");
    }
    var wanted =
        new LinkLookup(
            Rules.id("source_id", source),
            target == null ? null : Rules.id("target_id", target),
            relation == null ? null : Relations.of(relation));
    if (nonce != null) nonces.note(nonce);
    var link =
        store
            .read(wanted::find)
            .orElseThrow(() -> new NotFound("no such link between two live memories"));
    return Bodies.json(200, verdict(link));
  }

  private static ObjectNode verdict(Link link) {
    var signed = link.signature() != null;
    var json = Json.object().put("verified", false);
    json.put("attest_level", signed ? "self_signed" : "unsigned");
    json.put("signature_present", signed).put("observed_by", link.observedBy());
    json.put("source_id", link.sourceId()).put("target_id", link.targetId());
    json.put("relation", link.relation().text());
    json.putArray("findings").add(finding(link.observedBy(), signed));
    return json;
  }

  private static String finding(@Nullable String observer, boolean signed) {
    if (!signed) return "the link bears no signature";
    var who = observer == null ? "somebody" : observer;
    return "the link bears a signature of %s, whose key this node does not have: it was not checked"
        .formatted(who);
  }
}
