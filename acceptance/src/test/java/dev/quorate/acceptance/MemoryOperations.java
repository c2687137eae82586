package dev.quorate.acceptance;

import dev.quorate.json.Json;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The routes of memories. The memories `alpha`, `beta` and `delta` are live, `gamma` is archived.
final class MemoryOperations {
  private static final String MEMORIES = "/api/v1/memories";
  private static final String ONE = MEMORIES + "/{id}";
  private static final String ALPHA = MEMORIES + "/alpha";
  private static final String NOBODY = MEMORIES + "/nobody";

  private MemoryOperations() {}

  static List<Operation> all() {
    return List.of(create(), list(), bulk(), get(), update(), delete(), promote(), history());
  }

  private static ObjectNode memory() {
    return Json.object().put("title", "New").put("content", "words");
  }

  private static Operation create() {
    var call = Call.of("POST", MEMORIES);
    return Operation.change("POST", MEMORIES, MEMORIES, 201)
        .withTidyRefusals()
        .taking(Shape.body(memory(), MemoryMembers.stored()))
        .refusing(
            Stream.concat(
                    agents(call.json(memory())),
                    Stream.of(
                        Row.refused(409, "title taken", call.json(memory().put("title", "Delta"))),
                        Row.refused(
                            409,
                            "title taken, asked for plainly",
                            call.json(memory().put("title", "Delta").put("on_conflict", "error"))),
                        Row.refused(
                            400,
                            "a numbered title of 513 characters",
                            call.json(
                                memory()
                                    .put("title", "d".repeat(512))
                                    .put("on_conflict", "version")))))
                .toArray(Row[]::new));
  }

  /// Headers that do not name an agent.
  static Stream<Row> agents(Call call) {
    return Stream.of("a b", "a".repeat(129), "é", "a,b")
        .map(agent ->
            Row.refused(
                400, "X-Agent-Id '%.20s'".formatted(agent), call.header("X-Agent-Id", agent)));
  }

  private static Operation list() {
    return Operation.read(MEMORIES, MEMORIES)
        .asking(
            Asked.namespace("namespace"),
            Asked.tier("tier"),
            Asked.whole("min_priority"),
            Asked.time("since"),
            Asked.time("until"),
            Asked.tag("tags"),
            Asked.agentId("agent_id"),
            Asked.whole("offset", "-1"),
            Asked.whole("limit", "-1"),
            Asked.oneOf(
                "after", "x", "1.2", "x.1.a", "1.x.a", "99999999999.1.a", "1.fffffffffffffffff.a"));
  }

  private static Operation bulk() {
    var path = MEMORIES + "/bulk";
    var call = Call.of("POST", path);
    return Operation.change("POST", path, path, 200)
        .taking(Shape.element("", memory(), MemoryOperations::listOf, MemoryMembers.storedInBulk()))
        .refusing(
            Row.refused(400, "1001 memories", call.json(copies(1_001))),
            Row.refused(422, "a number among them", call.json(Json.parse("[1]"))),
            Row.refused(422, "a list among them", call.json(Json.parse("[[]]"))),
            Row.refused(422, "null among them", call.json(Json.parse("[null]"))),
            new Row(
                "a long title is not repeated",
                call.json(listOf(memory().put("title", "t".repeat(100_000)))),
                new Row.Ending.Reported()));
  }

  private static JsonNode listOf(ObjectNode one) {
    return Json.mapper().createArrayNode().add(one);
  }

  static JsonNode copies(int count) {
    var all = Json.mapper().createArrayNode();
    for (var i = 0; i < count; i++) all.add(memory().put("title", "copy " + i));
    return all;
  }

  private static Operation get() {
    return Operation.read(ONE, ALPHA)
        .asking(Asked.oneOf("consistency", "QUORUM", "all", " "))
        .refusing(
            Row.refused(404, "unknown id", Call.of("GET", NOBODY)),
            Row.refused(404, "archived", Call.of("GET", MEMORIES + "/gamma")),
            Row.refused(404, "unknown id of 128 bytes", Call.of("GET", longest())),
            Row.refused(400, "ambiguous prefix", Call.of("GET", MEMORIES + "/twin")));
  }

  private static String longest() {
    return MEMORIES + "/" + "a".repeat(128);
  }

  private static Operation update() {
    var edit = Json.object().put("content", "other words");
    return Operation.change("PUT", ONE, ALPHA, 200)
        .taking(Shape.body(edit, MemoryMembers.updated()))
        .asking(Asked.whole("if_version"))
        .refusing(
            Row.refused(404, "unknown id", Call.of("PUT", NOBODY).json(edit)),
            Row.refused(404, "archived", Call.of("PUT", MEMORIES + "/gamma").json(edit)),
            Row.refused(400, "ambiguous prefix", Call.of("PUT", MEMORIES + "/twin").json(edit)),
            Row.refused(
                409,
                "title taken",
                Call.of("PUT", ALPHA)
                    .json(Json.object().put("title", "Delta").put("namespace", "global"))),
            Row.refused(
                412,
                "another version",
                Call.of("PUT", ALPHA).json(edit.deepCopy().put("if_version", 99))),
            Row.refused(
                412,
                "another version asked for",
                Call.of("PUT", ALPHA + "?if_version=99").json(edit)),
            Row.refused(
                412, "another tag", Call.of("PUT", ALPHA).json(edit).header("If-Match", "\"x\"")),
            Row.refused(
                400,
                "metadata that is too long with its agent",
                Call.of("PUT", ALPHA)
                    .json(
                        Json.object()
                            .set("metadata", Json.object().put("k", "x".repeat(65_528))))));
  }

  private static Operation delete() {
    return Operation.change("DELETE", ONE, ALPHA, 200)
        .asking(Asked.whole("if_version"))
        .refusing(
            Row.refused(404, "unknown id", Call.of("DELETE", NOBODY)),
            Row.refused(404, "archived", Call.of("DELETE", MEMORIES + "/gamma")),
            Row.refused(400, "ambiguous prefix", Call.of("DELETE", MEMORIES + "/twin")),
            Row.refused(412, "another version", Call.of("DELETE", ALPHA + "?if_version=99")),
            Row.refused(412, "another tag", Call.of("DELETE", ALPHA).header("If-Match", "x")),
            Row.refused(
                400, "no agent's name", Call.of("DELETE", ALPHA).header("X-Agent-Id", "a b")));
  }

  private static Operation promote() {
    return Operation.change("POST", ONE + "/promote", ALPHA + "/promote", 200)
        .refusing(
            Row.refused(404, "unknown id", Call.of("POST", NOBODY + "/promote")),
            Row.refused(404, "archived", Call.of("POST", MEMORIES + "/gamma/promote")),
            Row.refused(
                400,
                "no agent's name",
                Call.of("POST", ALPHA + "/promote").header("X-Agent-Id", "a b")));
  }

  private static Operation history() {
    return Operation.read(ONE + "/history", ALPHA + "/history")
        .refusing(
            Row.refused(404, "unknown id", Call.of("GET", NOBODY + "/history")),
            Row.refused(404, "archived", Call.of("GET", MEMORIES + "/gamma/history")));
  }
}
