package dev.quorate.acceptance;

import dev.quorate.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// Values of the right type that break a rule of api.md 2.5: each limit and one beyond, and what is
/// not among what is known. Characters are code points, so that an emoji is one.
final class Broken {
  private static final String EMOJI = "👩";

  private Broken() {}

  static List<Sample> title() {
    return List.of(
        Sample.text("empty", ""),
        Sample.text("blank", " \n\t "),
        Sample.text("513 characters", "t".repeat(513)),
        Sample.text("513 emoji", EMOJI.repeat(513)));
  }

  static List<Sample> content() {
    return List.of(
        Sample.text("empty", ""), Sample.text("blank", " \n\t "), longContent(), longEmoji());
  }

  static Sample longContent() {
    return Sample.text("65,537 bytes", "c".repeat(65_537));
  }

  private static Sample longEmoji() {
    return Sample.text("65,537 bytes of emoji", EMOJI.repeat(16_384) + "c");
  }

  static List<Sample> namespace() {
    var samples = new ArrayList<Sample>();
    for (var bad :
        List.of(
            "",
            "/a",
            "a/",
            "a//b",
            "/",
            ".",
            "..",
            "a/./b",
            "a/../b",
            "a b",
            " ",
            "a\tb",
            "a\nb",
            "a\\b",
            "a\u00a0b",
            "a\u2003b",
            "a\u3000b",
            "1/2/3/4/5/6/7/8/9")) {
      samples.add(Sample.text("'" + bad.replace('\n', ' ').replace('\t', ' ') + "'", bad));
    }
    samples.add(Sample.text("513 characters", "n".repeat(513)));
    samples.add(Sample.text("513 emoji", EMOJI.repeat(513)));
    return samples;
  }

  static List<Sample> tags() {
    return List.of(
        Sample.texts("51 tags", Stream.iterate(0, n -> n + 1).limit(51).map(n -> "t" + n)),
        Sample.texts("a tag of 129 bytes", Stream.of("t".repeat(129))),
        Sample.texts("a tag of 129 bytes in 33 emoji", Stream.of(EMOJI.repeat(32) + "t")),
        Sample.texts("an empty tag", Stream.of("a", "")),
        Sample.texts("a blank tag", Stream.of(" ")));
  }

  static List<Sample> priority() {
    return Sample.ofJson("0", "11", "-1", "9223372036854775807", "-9223372036854775808");
  }

  static List<Sample> confidence() {
    return Sample.ofJson(
        "-0.1", "1.1", "2", "-1", "1e400", "-1e400", "1e999999999", "-1e999999999");
  }

  static List<Sample> ttlSeconds() {
    return Sample.ofJson("0", "-1", "31536001", "9223372036854775807");
  }

  /// Texts that are no time.
  static List<Sample> time() {
    return Stream.of(
            "tomorrow",
            "2030-01-01",
            "2030-01-01T00:00:00",
            "2030-01-01 00:00:00Z",
            "2030-13-01T00:00:00Z",
            "2030-02-30T00:00:00Z",
            "2030-01-01T25:00:00Z",
            "2030-01-01T00:00:00+25:00",
            "10000-01-01T00:00:00Z",
            "1893456000")
        .map(text -> Sample.text("'" + text + "'", text))
        .toList();
  }

  static List<Sample> expiry() {
    var samples = new ArrayList<>(time());
    samples.add(Sample.text("empty", ""));
    return samples;
  }

  static Sample past() {
    return Sample.text("past", "2020-01-01T00:00:00Z");
  }

  /// Objects that are larger than a memory may have.
  static List<Sample> object() {
    return List.of(new Sample("65,537 bytes", metadata(65_537)), new Sample("33 deep", deep(33)));
  }

  static List<Sample> metadata() {
    var samples = new ArrayList<>(object());
    samples.add(new Sample("a scope that is none", Json.object().put("scope", "everyone")));
    samples.add(new Sample("a scope that is a number", Json.object().put("scope", 1)));
    return samples;
  }

  /// A metadata object of so many bytes as canonical JSON, that says who stored it.
  static JsonNode metadata(int bytes) {
    var frame = "{\"agent_id\":\"ai:alice\",\"k\":\"\"}".length();
    return Json.object().put("agent_id", "ai:alice").put("k", "x".repeat(bytes - frame));
  }

  /// A metadata object that is nested so deep, itself included.
  static JsonNode deep(int levels) {
    var inner = "[".repeat(levels - 1) + "]".repeat(levels - 1);
    return Json.parse("{\"k\":" + inner + "}");
  }

  static List<Sample> agentId() {
    return List.of(
        Sample.text("empty", ""),
        Sample.text("129 bytes", "a".repeat(129)),
        Sample.text("a space", "ai: alice"),
        Sample.text("a line", "ai:\nalice"),
        Sample.text("not ASCII", "ai:élise"),
        Sample.text("a plus", "ai+alice"));
  }

  /// Ids that a client may not invent.
  static List<Sample> newId() {
    return List.of(
        Sample.text("empty", ""),
        Sample.text("129 bytes", "a".repeat(129)),
        Sample.text("two dots", "a..b"),
        Sample.text("a slash", "a/b"),
        Sample.text("a space", "a b"),
        Sample.text("a line", "a\nb"),
        Sample.text("not ASCII", "é"));
  }

  /// Texts that no memory can have for an id.
  static List<Sample> id() {
    return List.of(
        Sample.text("empty", ""),
        Sample.text("129 bytes", "a".repeat(129)),
        Sample.text("a line", "a\nb"),
        Sample.text("a tab", "a\tb"));
  }

  static List<Sample> ids() {
    return id().stream()
        .map(id -> Sample.texts("one " + id.label(), Stream.of("alpha", id.value().asString())))
        .toList();
  }

  static List<Sample> oneOfNone(String... bad) {
    var samples = new ArrayList<Sample>();
    samples.add(Sample.text("empty", ""));
    for (var text : bad) samples.add(Sample.text("'" + text + "'", text));
    samples.add(Sample.text("10,000 characters", "x".repeat(10_000)));
    return samples;
  }

  static List<Sample> tier() {
    return oneOfNone("forever", "Long", "long ");
  }

  static List<Sample> uri() {
    return List.of(
        Sample.text("empty", ""),
        Sample.text("another scheme", "https://example.org/"),
        Sample.text("4,097 bytes", "doc:" + "x".repeat(4_093)));
  }

  static List<Sample> span() {
    return Sample.ofJson(
        "{}",
        "{\"start\":0}",
        "{\"start\":1,\"end\":1}",
        "{\"start\":-1,\"end\":1}",
        "{\"start\":0.5,\"end\":1}",
        "{\"start\":\"0\",\"end\":1}",
        "{\"start\":0,\"end\":1e400}");
  }

  static List<Sample> citations() {
    var good = "\"uri\":\"doc:a\",\"accessed_at\":\"2026-01-01T00:00:00Z\"";
    var many = "[" + ("{" + good + "},").repeat(64) + "{" + good + "}]";
    var samples =
        new ArrayList<>(
            Sample.ofJson(
                "[{}]",
                "[{\"uri\":\"doc:a\"}]",
                "[{\"uri\":5,\"accessed_at\":\"2026-01-01T00:00:00Z\"}]",
                "[{\"uri\":\"http:a\",\"accessed_at\":\"2026-01-01T00:00:00Z\"}]",
                "[{\"uri\":\"doc:a\",\"accessed_at\":\"today\"}]",
                "[{" + good + ",\"hash\":\"abc\"}]",
                "[{" + good + ",\"hash\":5}]",
                "[{" + good + ",\"span\":{\"start\":2,\"end\":1}}]",
                "[{" + good + ",\"span\":[]}]"));
    samples.add(new Sample("65 citations", Json.parse(many)));
    return samples;
  }
}
