package dev.quorate.acceptance;

import dev.quorate.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/// The routes of memories and links as a graph.
final class GraphOperations {
  private static final String KG = "/api/v1/kg";

  private GraphOperations() {}

  static List<Operation> all() {
    return List.of(query(), timeline(), findPaths(), invalidate());
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
                Member.of("relation", Type.TEXT).not(Broken.oneOfNone("likes", "Supersedes")).needed(),
                Member.of("valid_until", Type.TEXT).not(Broken.expiry())))
        .refusing(
            Row.refused(
                400,
                "an end before it begins",
                call.json(good.deepCopy().put("valid_until", "2020-01-01T00:00:00Z"))),
            Row.refused(
                404,
                "another relation",
                call.json(good.deepCopy().put("relation", "supersedes"))),
            Row.refused(
                404, "the other direction", call.json(good.deepCopy().put("source_id", "alpha")
                    .put("target_id", "beta"))),
            Row.refused(404, "unknown source", call.json(good.deepCopy().put("source_id", "nobody"))),
            Row.refused(
                404, "archived target", call.json(good.deepCopy().put("target_id", "gamma"))));
  }
}
