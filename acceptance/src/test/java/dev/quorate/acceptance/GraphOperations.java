package dev.quorate.acceptance;

import dev.quorate.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/// The routes of memories and links as a graph.
final class GraphOperations {
  private static final String KG = "/api/v1/kg";

  private GraphOperations() {}

  static List<Operation> all() {
    return List.of(
        query(),
        timeline(),
        findPaths(),
        invalidate(),
        entity(),
        byAlias(),
        contradictions(),
        verify(),
        duplicate(),
        session(),
        modelOnly("/api/v1/auto_tag"),
        modelOnly("/api/v1/expand_query"));
  }

  private static Operation entity() {
    var path = "/api/v1/entities";
    var call = Call.of("POST", path);
    var good = Json.object().put("canonical_name", "Ada").put("namespace", "people");
    var aliases =
        new ArrayList<>(
            List.of(
                Sample.texts("101", IntStream.range(0, 101).mapToObj(n -> "a" + n)),
                Sample.texts("an empty one", Stream.of("a", "")),
                Sample.texts("a blank one", Stream.of(" ")),
                Sample.texts("513 characters", Stream.of("a".repeat(513)))));
    return Operation.change("POST", path, path, 201)
        .taking(
            Shape.body(
                good,
                Member.of("canonical_name", Type.TEXT).not(Broken.title()).needed(),
                MemoryMembers.NAMESPACE.needed(),
                Member.of("aliases", Type.TEXTS).not(aliases),
                MemoryMembers.METADATA,
                MemoryMembers.AGENT_ID))
        .asking(Asked.agentId("agent_id"))
        .refusing(
            Stream.concat(
                    MemoryOperations.agents(call.json(good)),
                    Stream.of(
                        Row.refused(
                            409,
                            "the title of something else",
                            call.json(
                                good.deepCopy()
                                    .put("canonical_name", "Alpha")
                                    .put("namespace", "a/b")))))
                .toArray(Row[]::new));
  }

  private static Operation byAlias() {
    var path = "/api/v1/entities/by_alias";
    return Operation.read(path, path + "?alias=Ada")
        .asking(Asked.oneOf("alias", " ", "a".repeat(513)), Asked.namespace("namespace"))
        .refusing(Row.refused(400, "no alias", Call.of("GET", path)));
  }

  private static Operation contradictions() {
    var path = "/api/v1/contradictions";
    return Operation.read(path, path + "?topic=Alpha")
        .asking(
            Asked.oneOf("topic", " ", "a".repeat(513)),
            Asked.namespace("namespace"),
            Asked.whole("limit", "0", "-1"))
        .refusing(Row.refused(400, "about nothing", Call.of("GET", path)));
  }

  private static Operation verify() {
    var path = "/api/v1/links/verify";
    var call = Call.of("POST", path);
    return Operation.change("POST", path, path, 200)
        .taking(
            Shape.body(
                from("beta"),
                Member.of("source_id", Type.TEXT).not(Broken.id()).needed(),
                Member.of("target_id", Type.TEXT).not(Broken.id()),
                Member.of("relation", Type.TEXT).not(Broken.oneOfNone("likes")),
                Member.of("link_id", Type.TEXT).not(Broken.id()),
                Member.of("verification_nonce", Type.TEXT).not(Broken.id())))
        .refusing(
            Row.refused(404, "no link from there", call.json(from("alpha"))),
            Row.refused(404, "an id of a link", call.json(Json.object().put("link_id", "7"))),
            Row.refused(
                404, "another relation", call.json(from("beta").put("relation", "supersedes"))),
            Row.refused(404, "another target", call.json(from("beta").put("target_id", "delta"))))
        .withoutKey();
  }

  private static Operation duplicate() {
    var path = "/api/v1/check_duplicate";
    var good = Json.object().put("title", "Alpha").put("content", "words of alpha");
    return Operation.change("POST", path, path, 200)
        .taking(
            Shape.body(
                good,
                MemoryMembers.TITLE.needed(),
                MemoryMembers.CONTENT.needed(),
                MemoryMembers.NAMESPACE,
                Member.of("threshold", Type.NUMBER)
                    .not(Sample.ofJson("-0.1", "1.1", "1e400", "-1e400"))))
        .refusing(
            Row.refused(
                503,
                "nothing that says the same",
                Call.of("POST", path).json(good.deepCopy().put("content", "other words"))))
        .withoutKey();
  }

  private static Operation session() {
    var path = "/api/v1/session/start";
    var good = Json.object().put("namespace", "held");
    return Operation.change("POST", path, path, 200)
        .taking(Shape.body(good, MemoryMembers.NAMESPACE, limit("limit"), MemoryMembers.AGENT_ID))
        .refusing(MemoryOperations.agents(Call.of("POST", path).json(good)).toArray(Row[]::new))
        .withoutKey();
  }

  /// Nothing of such a request is read.
  private static Operation modelOnly(String path) {
    return Operation.change("POST", path, path, 503).withoutKey();
  }

  private static ObjectNode from(String source) {
    return Json.object().put("source_id", source);
  }

  private static Operation query() {
    var call = Call.of("POST", KG + "/query");
    return Operation.change("POST", KG + "/query", KG + "/query", 200)
        .taking(
            Shape.body(
                from("beta"),
                Member.of("source_id", Type.TEXT).not(Broken.id()).needed(),
                Member.freeText("from"),
                Member.of("max_depth", Type.WHOLE),
                Member.of("valid_at", Type.TEXT).not(Broken.expiry()),
                Member.of("allowed_agents", Type.TEXTS).not(agents()),
                limit("limit"),
                Member.of("include_invalidated", Type.FLAG)))
        .refusing(depths(call, from("beta"), "0", "6", "-1", "9223372036854775807"))
        .withoutKey();
  }

  private static List<Sample> agents() {
    var agents = new ArrayList<Sample>();
    for (var sample : Broken.agentId()) {
      agents.add(
          Sample.texts("one " + sample.label(), Stream.of("ai:bob", sample.value().asString())));
    }
    return agents;
  }

  private static Member limit(String name) {
    return Member.of(name, Type.WHOLE).not(Sample.ofJson("0", "-1", "-9223372036854775808"));
  }

  private static Row[] depths(Call call, ObjectNode good, String... depths) {
    return Stream.of(depths)
        .map(depth ->
            Row.refused(
                422,
                "max_depth " + depth,
                call.json(good.deepCopy().set("max_depth", Json.parse(depth)))))
        .toArray(Row[]::new);
  }

  private static Operation timeline() {
    var path = KG + "/timeline";
    return Operation.read(path, path + "?source_id=beta")
        .asking(
            Asked.oneOf("source_id", "a\nb", "a".repeat(129)),
            Asked.time("since"),
            Asked.time("until"),
            Asked.whole("limit", "0", "-1"))
        .refusing(Row.refused(400, "no source", Call.of("GET", path)));
  }

  private static Operation findPaths() {
    var path = KG + "/find_paths";
    var good = from("alpha").put("target_id", "beta");
    return Operation.change("POST", path, path, 200)
        .taking(
            Shape.body(
                good,
                Member.of("source_id", Type.TEXT).not(Broken.id()).needed(),
                Member.of("target_id", Type.TEXT).not(Broken.id()).needed(),
                Member.of("max_depth", Type.WHOLE),
                limit("max_results")))
        .refusing(depths(Call.of("POST", path), good, "0", "8", "-1"))
        .withoutKey();
  }

  private static Operation invalidate() {
    var path = KG + "/invalidate";
    var call = Call.of("POST", path);
    var good = from("beta").put("target_id", "alpha").put("relation", "reflects_on");
    return Operation.change("POST", path, path, 200)
        .taking(
            Shape.body(
                good,
                Member.of("source_id", Type.TEXT).not(Broken.id()).needed(),
                Member.of("target_id", Type.TEXT).not(Broken.id()).needed(),
                Member.of("relation", Type.TEXT)
                    .not(Broken.oneOfNone("likes", "Supersedes"))
                    .needed(),
                Member.of("valid_until", Type.TEXT).not(Broken.expiry())))
        .refusing(
            Row.refused(
                404, "another relation", call.json(good.deepCopy().put("relation", "supersedes"))),
            Row.refused(
                404,
                "the other direction",
                call.json(good.deepCopy().put("source_id", "alpha").put("target_id", "beta"))),
            Row.refused(
                404, "unknown source", call.json(good.deepCopy().put("source_id", "nobody"))),
            Row.refused(
                404, "archived target", call.json(good.deepCopy().put("target_id", "gamma"))));
  }
}
