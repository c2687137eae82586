package dev.quorate.acceptance;

import dev.quorate.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The routes of links, of the archive, and of consolidation.
final class CuratingOperations {
  private static final String LINKS = "/api/v1/links";
  private static final String ARCHIVE = "/api/v1/archive";
  private static final String RESTORE = ARCHIVE + "/{id}/restore";
  private static final String CONSOLIDATE = "/api/v1/consolidate";

  private CuratingOperations() {}

  static List<Operation> all() {
    return List.of(
        link(),
        unlink(),
        Operation.read(LINKS + "/{id}", LINKS + "/alpha"),
        Operation.read(ARCHIVE, ARCHIVE)
            .asking(
                Asked.namespace("namespace"),
                Asked.whole("limit", "0", "-1"),
                Asked.whole("offset", "-1")),
        archive(),
        Operation.change("DELETE", ARCHIVE, ARCHIVE, 200)
            .asking(Asked.whole("older_than_days", "-1")),
        restore(),
        Operation.read(ARCHIVE + "/stats", ARCHIVE + "/stats"),
        consolidate());
  }

  private static ObjectNode ends(String source, String target) {
    return Json.object().put("source_id", source).put("target_id", target);
  }

  private static Operation link() {
    var call = Call.of("POST", LINKS);
    return Operation.change("POST", LINKS, LINKS, 201)
        .taking(
            Shape.body(
                ends("alpha", "beta"),
                Member.of("source_id", Type.TEXT).not(Broken.id()).needed(),
                Member.of("target_id", Type.TEXT).not(Broken.id()).needed(),
                // The other spellings of both, which do not count beside them.
                Member.freeText("from"),
                Member.freeText("to"),
                relation("relation"),
                relation("rel_type"),
                Member.of("valid_from", Type.TEXT).not(Broken.expiry()),
                Member.of("valid_until", Type.TEXT).not(Broken.expiry())))
        .refusing(
            Stream.concat(
                    linkRows(call).stream(),
                    MemoryOperations.agents(call.json(ends("alpha", "beta"))))
                .toArray(Row[]::new));
  }

  private static List<Row> linkRows(Call call) {
    return List.of(
        Row.refused(400, "to itself", call.json(ends("alpha", "alpha"))),
        Row.refused(
            400,
            "to itself in other words",
            call.json(Json.object().put("from", "beta").put("to", "beta"))),
        Row.refused(400, "another member", call.json(ends("alpha", "beta").put("colour", "red"))),
        Row.refused(422, "nothing", call.json(Json.object())),
        Row.refused(422, "one end", call.json(Json.object().put("from", "alpha"))),
        Row.refused(404, "unknown source", call.json(ends("nobody", "beta"))),
        Row.refused(404, "unknown target", call.json(ends("alpha", "nobody"))),
        Row.refused(404, "archived target", call.json(ends("alpha", "gamma"))),
        Row.refused(
            409,
            "a circle of reflections",
            call.json(ends("alpha", "beta").put("relation", "reflects_on"))),
        Row.refused(
            400,
            "a relation with an emoji at its 64th character",
            call.json(ends("alpha", "beta").put("relation", "x".repeat(63) + "👩"))));
  }

  private static Member relation(String name) {
    return Member.of(name, Type.TEXT)
        .not(Broken.oneOfNone("likes", "derives_from", "Supersedes", "related to"));
  }

  private static Operation unlink() {
    var call = Call.of("DELETE", LINKS);
    return Operation.change("DELETE", LINKS, LINKS, 200)
        .taking(
            Shape.body(
                ends("alpha", "beta"),
                Member.of("source_id", Type.TEXT).not(Broken.id()).needed(),
                Member.of("target_id", Type.TEXT).not(Broken.id()).needed(),
                Member.freeText("from"),
                Member.freeText("to")))
        .refusing(
            Row.refused(400, "from itself", call.json(ends("alpha", "alpha"))),
            Row.refused(400, "another member", call.json(ends("alpha", "beta").put("x", 1))),
            Row.refused(422, "nothing", call.json(Json.object())));
  }

  private static Operation archive() {
    var ids = Json.parse("{\"ids\":[\"alpha\"]}").asObject();
    var tooMany = new ArrayList<>(Broken.ids());
    tooMany.add(Sample.texts("1001 ids", ids(1_001)));
    var reasons =
        List.of(
            Sample.text("empty", ""),
            Sample.text("blank", " "),
            Sample.text("two lines", "a\nb"),
            Sample.text("513 bytes", "r".repeat(513)));
    return Operation.change("POST", ARCHIVE, ARCHIVE, 200)
        .taking(
            Shape.body(
                ids,
                Member.of("ids", Type.TEXTS).not(tooMany).needed(),
                Member.of("reason", Type.TEXT).not(reasons)));
  }

  private static Stream<String> ids(int count) {
    return IntStream.range(0, count).mapToObj(i -> "m" + i);
  }

  private static Operation restore() {
    return Operation.change("POST", RESTORE, ARCHIVE + "/gamma/restore", 200)
        .refusing(
            Row.refused(404, "unknown id", Call.of("POST", ARCHIVE + "/nobody/restore")),
            Row.refused(404, "a prefix", Call.of("POST", ARCHIVE + "/gamm/restore")),
            Row.refused(409, "live already", Call.of("POST", ARCHIVE + "/alpha/restore")),
            Row.refused(409, "title taken", Call.of("POST", ARCHIVE + "/delta-old/restore")));
  }

  private static Operation consolidate() {
    var good = Json.parse("{\"ids\":[\"alpha\",\"beta\"],\"title\":\"Both\"}").asObject();
    var call = Call.of("POST", CONSOLIDATE);
    var ids = new ArrayList<>(Broken.ids());
    ids.addAll(Sample.ofJson("[]", "[\"alpha\"]", "[\"alpha\",\"alpha\"]"));
    ids.add(Sample.texts("101 ids", ids(101)));
    return Operation.change("POST", CONSOLIDATE, CONSOLIDATE, 201)
        .taking(
            Shape.body(
                good,
                Member.of("ids", Type.TEXTS).not(ids).needed(),
                MemoryMembers.TITLE.needed(),
                Member.of("summary", Type.TEXT).not(List.of(Broken.longContent())),
                MemoryMembers.NAMESPACE,
                MemoryMembers.TIER,
                MemoryMembers.AGENT_ID))
        .refusing(
            Stream.concat(
                    MemoryOperations.agents(call.json(good)),
                    Stream.of(
                        Row.refused(
                            404,
                            "unknown id",
                            call.json(good.deepCopy().set("ids", two("nobody")))),
                        Row.refused(
                            404, "archived", call.json(good.deepCopy().set("ids", two("gamma")))),
                        Row.refused(
                            409, "title taken", call.json(good.deepCopy().put("title", "Delta")))))
                .toArray(Row[]::new));
  }

  private static JsonNode two(String other) {
    return Sample.node(List.of("alpha", other));
  }
}
