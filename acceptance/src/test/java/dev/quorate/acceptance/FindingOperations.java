package dev.quorate.acceptance;

import dev.quorate.json.Json;
import java.util.List;
import java.util.stream.Stream;

/// The routes that find memories by words, and the one that forgets what it finds. Words to search
/// for are free text: no character of them is bad.
final class FindingOperations {
  private static final String SEARCH = "/api/v1/search";
  private static final String RECALL = "/api/v1/recall";
  private static final String FORGET = "/api/v1/forget";

  private FindingOperations() {}

  static List<Operation> all() {
    return List.of(search(), recallByQuery(), recallByBody(), forget());
  }

  private static Operation search() {
    return Operation.read(SEARCH, SEARCH + "?q=words")
        .asking(
            Asked.freeText("q"),
            Asked.namespace("namespace"),
            Asked.tier("tier"),
            Asked.whole("min_priority"),
            Asked.time("since"),
            Asked.time("until"),
            Asked.tag("tags"),
            Asked.agentId("agent_id"),
            Asked.namespace("as_agent"),
            Asked.whole("limit", "-1"))
        .refusing(
            Row.refused(400, "no words", Call.of("GET", SEARCH)),
            Row.refused(400, "no words but a filter", Call.of("GET", SEARCH + "?tier=long")),
            Row.refused(400, "empty words", Call.of("GET", SEARCH + "?q=")),
            Row.refused(400, "blank words", Call.of("GET", SEARCH + "?q=%20%09+")));
  }

  private static Operation recallByQuery() {
    return Operation.read(RECALL, RECALL + "?context=words")
        .asking(
            Asked.freeText("context"),
            Asked.freeText("query"),
            Asked.freeText("q"),
            Asked.namespace("namespace"),
            Asked.tier("tier"),
            Asked.tag("tags"),
            Asked.time("since"),
            Asked.time("until"),
            Asked.namespace("as_agent"),
            Asked.whole("limit", "-1"),
            Asked.whole("budget_tokens", "-1"),
            Asked.oneOf("kinds", "dream", "claim,dream", ",", "Claim", "claim;event"),
            Asked.flag("has_citations"),
            Asked.freeText("source_uri_prefix"),
            Asked.oneOf("mode", "semantic", "Hybrid", "keyword,vector", " "),
            Asked.flag("explain"),
            Asked.time("as_of"),
            Asked.oneOf("archived", "true", "Only", "include,only", " "))
        .refusing(
            Row.refused(400, "no words", Call.of("GET", RECALL)),
            Row.refused(400, "blank words", Call.of("GET", RECALL + "?context=%20")),
            Row.refused(
                400, "the future", Call.of("GET", RECALL + "?q=w&as_of=9998-01-01T00:00:00Z")),
            Row.refused(
                400,
                "the past by meaning",
                Call.of("GET", RECALL + "?q=w&mode=vector&as_of=2020-01-01T00:00:00Z")),
            Row.refused(
                400,
                "the archive by meaning",
                Call.of("GET", RECALL + "?q=w&mode=vector&archived=only")),
            Row.refused(
                400,
                "the archive in the past",
                Call.of("GET", RECALL + "?q=w&archived=only&as_of=2020-01-01T00:00:00Z")),
            Row.refused(400, "blank words elsewhere", Call.of("GET", RECALL + "?q=%20")));
  }

  private static Operation recallByBody() {
    var good = Json.object().put("context", "words");
    var call = Call.of("POST", RECALL);
    var kinds =
        List.of(
            Sample.text("unknown", "dream"),
            Sample.text("one unknown", "claim,dream"),
            Sample.texts("one unknown in a list", Stream.of("claim", "dream")),
            Sample.text("a comma", ","));
    return Operation.change("POST", RECALL, RECALL, 200)
        .withoutKey()
        .taking(
            Shape.body(
                good,
                Member.freeText("context"),
                Member.freeText("query"),
                Member.freeText("q"),
                MemoryMembers.NAMESPACE,
                MemoryMembers.TIER,
                Member.of("tags", Type.TEXT)
                    .not(
                        List.of(
                            Sample.text("blank", " "), Sample.text("129 bytes", "t".repeat(129)))),
                Member.of("since", Type.TEXT).not(Broken.expiry()),
                Member.of("until", Type.TEXT).not(Broken.expiry()),
                Member.of("as_agent", Type.TEXT).not(Broken.namespace()),
                Member.of("limit", Type.WHOLE).not(Sample.ofJson("-1")),
                Member.of("budget_tokens", Type.WHOLE).not(Sample.ofJson("-1")),
                Member.of("kinds", Type.TEXT_OR_TEXTS).not(kinds),
                Member.of("has_citations", Type.FLAG),
                Member.freeText("source_uri_prefix"),
                Member.of("mode", Type.TEXT)
                    .not(
                        List.of(
                            Sample.text("unknown", "semantic"),
                            Sample.text("a capital", "Hybrid"))),
                Member.of("explain", Type.FLAG),
                Member.of("as_of", Type.TEXT).not(Broken.expiry()),
                Member.of("archived", Type.TEXT).not(Broken.oneOfNone("true", "Only"))))
        .refusing(
            Row.refused(400, "no words", call.json(Json.object())),
            Row.refused(400, "null for words", call.json(Json.parse("{\"context\":null}"))),
            Row.refused(400, "blank words", call.json(Json.object().put("context", " \n"))));
  }

  private static Operation forget() {
    var call = Call.of("POST", FORGET);
    return Operation.change("POST", FORGET, FORGET, 200)
        .taking(
            Shape.body(
                Json.object().put("namespace", "a/b"),
                MemoryMembers.NAMESPACE,
                Member.freeText("pattern"),
                MemoryMembers.TIER))
        .refusing(
            Row.refused(400, "nothing named", call.json(Json.object())),
            Row.refused(400, "ids do not count", call.json(Json.parse("{\"ids\":[\"alpha\"]}"))),
            Row.refused(400, "blank pattern", call.json(Json.object().put("pattern", " "))),
            Row.refused(
                400, "all null", call.json(Json.parse("{\"namespace\":null,\"tier\":null}"))));
  }
}
