package dev.quorate.acceptance;

import dev.quorate.json.Json;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The routes that carry whole stores.
final class TransferOperations {
  private static final String IMPORT = "/api/v1/import";
  private static final String TIME = "2026-01-02T03:04:05.000000006+00:00";

  private TransferOperations() {}

  static List<Operation> all() {
    return List.of(
        Operation.read("/api/v1/export", "/api/v1/export"),
        Operation.read("/api/v1/backup", "/api/v1/backup"),
        importAll());
  }

  /// A whole memory, as an import takes it.
  static ObjectNode memory(String id, String title) {
    var memory = Json.object().put("id", id).put("title", title).put("content", "words of " + id);
    memory.put("namespace", "global").put("tier", "long").put("source", "import");
    memory.put("created_at", TIME).put("updated_at", TIME).put("priority", 5);
    memory.putArray("tags").add("red");
    memory.putObject("metadata").put("agent_id", "ai:alice");
    return memory;
  }

  static ObjectNode link(String source, String target) {
    var link = Json.object().put("source_id", source).put("target_id", target);
    return link.put("relation", "related_to").put("created_at", TIME);
  }

  private static Operation importAll() {
    var call = Call.of("POST", IMPORT);
    return Operation.change("POST", IMPORT, IMPORT, 200)
        .taking(
            Shape.body(
                withMemory(memory("new", "New")),
                Member.of("memories", Type.OBJECTS)
                    .not(List.of(new Sample("1001", copies(1_001))))
                    .needed(),
                Member.of("links", Type.OBJECTS).not(List.of(new Sample("1001", links(1_001))))),
            Shape.element(
                "memory ",
                memory("new", "New"),
                TransferOperations::withMemory,
                MemoryMembers.imported()),
            Shape.element(
                "link ",
                link("alpha", "beta"),
                TransferOperations::withLink,
                Member.of("source_id", Type.TEXT).not(Broken.newId()).needed(),
                Member.of("target_id", Type.TEXT).not(Broken.newId()).needed(),
                Member.of("relation", Type.TEXT).not(Broken.oneOfNone("likes")).needed(),
                Member.of("created_at", Type.TEXT).not(Broken.expiry()).needed(),
                Member.of("valid_from", Type.TEXT).not(Broken.expiry()),
                Member.of("valid_until", Type.TEXT).not(Broken.expiry())))
        .refusing(
            reported("link to nobody", call, withLink(link("alpha", "nobody"))),
            reported("link to itself", call, withLink(link("alpha", "alpha"))),
            reported("a circle of reflections", call, withLink(circle())),
            reported("title taken by another id", call, withMemory(memory("beta", "Delta"))),
            reported(
                "a long id is not repeated", call, withMemory(memory("i".repeat(99_999), "X"))));
  }

  private static ObjectNode circle() {
    return link("alpha", "beta").put("relation", "reflects_on");
  }

  private static Row reported(String name, Call call, JsonNode body) {
    return new Row(name, call.json(body), new Row.Ending.Reported());
  }

  private static ObjectNode withMemory(ObjectNode memory) {
    var body = Json.object();
    body.putArray("memories").add(memory);
    return body;
  }

  private static ObjectNode withLink(ObjectNode link) {
    var body = Json.object();
    body.putArray("memories");
    body.putArray("links").add(link);
    return body;
  }

  private static JsonNode copies(int count) {
    var all = Json.mapper().createArrayNode();
    for (var i = 0; i < count; i++) all.add(memory("new" + i, "New " + i));
    return all;
  }

  private static JsonNode links(int count) {
    var all = Json.mapper().createArrayNode();
    for (var i = 0; i < count; i++) all.add(link("alpha", "beta"));
    return all;
  }
}
