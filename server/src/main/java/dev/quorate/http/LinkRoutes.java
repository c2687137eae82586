package dev.quorate.http;

import dev.quorate.failure.RequestFailure.Invalid;
import dev.quorate.http.transport.Request;
import dev.quorate.http.transport.Response;
import dev.quorate.json.Fields;
import dev.quorate.json.Fields.Strictness;
import dev.quorate.memories.Linking;
import dev.quorate.memories.MemoryLinks;
import dev.quorate.memory.Relation;
import dev.quorate.memory.Rules;
import dev.quorate.store.Store;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Answers for links: create, list, delete.
final class LinkRoutes {
  private static final Set<String> MEMBERS =
      Set.of(
          "source_id",
          "from",
          "target_id",
          "to",
          "relation",
          "rel_type",
          "valid_from",
          "valid_until");

  /// What a client may say; `derives_from` is made inside only (api.md 2.5).
  private static final List<String> ALLOWED =
      List.of("related_to", "supersedes", "contradicts", "derived_from", "reflects_on");

  private final Store store;
  private final Linking linking;
  private final Mutations mutations;

  LinkRoutes(Store store, Linking linking, Mutations mutations) {
    this.store = store;
    this.linking = linking;
    this.mutations = mutations;
  }

  Response create(Request request) {
    var body = body(request);
    var ends = ends(body);
    var relation = relation(body);
    var validFrom = body.optionalTime("valid_from");
    var validUntil = body.optionalTime("valid_until");
    var agent = request.header(Requester.HEADER).map(Rules::agentId).orElse(null);
    return mutations.run(
        request,
        transaction -> {
          linking.link(
              transaction, ends.source(), ends.target(), relation, validFrom, validUntil, agent);
          return Outcome.of(
              201, "{\"linked\":true,\"attest_level\":\"unsigned\"}", ends.source(), ends.target());
        });
  }

  Response delete(Request request) {
    var body = body(request);
    var ends = ends(body);
    return mutations.run(
        request,
        transaction -> {
          var removed = linking.unlink(transaction, ends.source(), ends.target());
          return Outcome.of(200, "{\"deleted\":%s}".formatted(removed));
        });
  }

  Response list(Request request) {
    var id = Rules.id(request.pathParameter("id"));
    var found = store.read(snapshot -> MemoryLinks.of(snapshot, id));
    return Lists.of(
        "links",
        found.links(),
        stored -> Rendering.link(stored.link()),
        Lists.truncated(found.truncated()));
  }

  private record Ends(String source, String target) {}

  private static Fields body(Request request) {
    var body = Fields.of(request.json(), Strictness.FRAMEWORK);
    var unknown = body.others(MEMBERS);
    if (!unknown.isEmpty()) throw new Invalid("unknown_field", Map.of("fields", unknown));
    return body;
  }

  private static Ends ends(Fields body) {
    var from = body.optionalText("from");
    var to = body.optionalText("to");
    var source = from != null ? body.text("source_id", from) : body.text("source_id");
    var target = to != null ? body.text("target_id", to) : body.text("target_id");
    if (Rules.id(source).equals(Rules.id(target))) {
      throw new Invalid("a memory cannot be linked to itself");
    }
    return new Ends(source, target);
  }

  private static Relation relation(Fields body) {
    return Relations.of(body.text("relation", body.text("rel_type", "related_to")), ALLOWED);
  }
}
