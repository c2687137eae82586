package dev.quorate.acceptance;

import dev.quorate.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// Values that just keep the rules of api.md 2.5: at each limit, and of every script and sort that
/// is easily lost on the way.
final class Kept {
  private static final String EMOJI = "👩";

  /// Text that must come back as it was sent: right to left, joined and combined, invisible, with
  /// everything that JSON escapes, and the last characters there are.
  private static final Map<String, String> TEXTS =
      Map.of(
          "right to left", "שלום العربية \u202eabc\u202c",
          "joined emoji", "👩‍🚀👨‍👩‍👧‍👦🏳️‍🌈",
          "combining", "e\u0301 and \u00e9 and a\u030a\u0323",
          "zero width", "a\u200bb\u200cc\u200dd\ufeffe\u2060f",
          "escapes", "\"\\/</script>\u2028\u2029 {{x}} %s ${y}",
          "lines and tabs", "a\n\tb\n\nc",
          "beyond the plane", "\ud800\udc00\udbff\udfff\uffff\ufffe\ue000",
          "spaces", "a\u00a0b\u3000c\u1680d");

  private Kept() {}

  /// Values of every member that a memory is given, by its name.
  static Map<String, List<Sample>> values() {
    return Map.ofEntries(
        Map.entry("title", title()),
        Map.entry("content", content()),
        Map.entry("namespace", namespace()),
        Map.entry("tags", tags()),
        Map.entry("priority", Sample.ofJson("1", "10")),
        Map.entry(
            "confidence", Sample.ofJson("0", "1", "0.5", "1e-7", "0.30000000000000004", "1.0")),
        Map.entry("tier", each("short", "mid", "long")),
        Map.entry("metadata", metadata()));
  }

  /// What else a new memory is given.
  static Map<String, List<Sample>> valuesOfNew() {
    return Map.of(
        "source",
        each(
            "user",
            "nhi",
            "claude",
            "hook",
            "api",
            "cli",
            "import",
            "consolidation",
            "system",
            "chaos",
            "notify"),
        "expires_at",
        each("9999-12-31T23:59:59.999999999+00:00", "2090-06-01T12:00:00.123456789+00:00"),
        "source_uri",
        each("uri:x", "doc:é 👩", "file:" + "x".repeat(4_091)),
        "source_span",
        Sample.ofJson("{\"end\":1,\"start\":0}", "{\"end\":9223372036854775807,\"start\":5}"),
        "citations",
        citations());
  }

  private static List<Sample> each(String... texts) {
    return Stream.of(texts).map(text -> Sample.text("%.40s".formatted(text), text)).toList();
  }

  private static List<Sample> texts() {
    return TEXTS.entrySet().stream()
        .map(entry -> Sample.text(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static List<Sample> title() {
    var samples = new ArrayList<>(texts());
    samples.add(Sample.text("1 character", "t"));
    samples.add(Sample.text("512 characters", "t".repeat(512)));
    samples.add(Sample.text("512 emoji", EMOJI.repeat(512)));
    return samples;
  }

  private static List<Sample> content() {
    var samples = new ArrayList<>(texts());
    samples.add(Sample.text("65,536 bytes", "c".repeat(65_536)));
    samples.add(Sample.text("65,536 bytes of emoji", EMOJI.repeat(16_384)));
    samples.add(Sample.text("white space around it", " \n c \t"));
    return samples;
  }

  private static List<Sample> namespace() {
    return each(
        "n",
        "1/2/3/4/5/6/7/8",
        "n".repeat(512),
        EMOJI.repeat(512),
        "שלום/العربية",
        "a...b/-/_~%+:@",
        "e\u0301/\u200b");
  }

  private static List<Sample> tags() {
    var samples = new ArrayList<Sample>();
    samples.add(Sample.json("[]"));
    samples.add(Sample.texts("50 tags", IntStream.range(0, 50).mapToObj(n -> "t" + n)));
    samples.add(Sample.texts("128 bytes", Stream.of("t".repeat(128), EMOJI.repeat(32))));
    samples.add(Sample.texts("twice the same", Stream.of("a", "a", " a ")));
    TEXTS.forEach((label, text) -> samples.add(Sample.texts(label, Stream.of(text))));
    return samples;
  }

  private static List<Sample> metadata() {
    var samples = new ArrayList<Sample>();
    samples.add(new Sample("65,536 bytes", Broken.metadata(65_536)));
    samples.add(new Sample("32 deep", Broken.deep(32)));
    samples.add(
        new Sample(
            "every type",
            Json.parse("{\"a\":[null,true,false,0,-1,1.5,\"\",{}],\"b\":{\"\":[]},\"c\":1}")));
    samples.add(
        new Sample(
            "large and small numbers",
            Json.parse(
                "{\"a\":1e400,\"b\":-1e-400,\"c\":123456789012345678901234567890,"
                    + "\"d\":0.1234567890123456789012345}")));
    var characters = Json.object();
    Sample.controls().forEach(c -> characters.put("c" + c, "a" + (char) c + "b"));
    samples.add(new Sample("control characters", characters));
    TEXTS.forEach(
        (label, text) -> samples.add(new Sample(label, (JsonNode) Json.object().put(text, text))));
    return samples;
  }

  private static List<Sample> citations() {
    var full =
        "{\"uri\":\"doc:a\",\"accessed_at\":\"2026-01-01T00:00:00Z\",\"hash\":\""
            + "0a".repeat(32)
            + "\",\"span\":{\"start\":0,\"end\":9}}";
    return List.of(
        Sample.json("[]"),
        new Sample("all members", Json.parse("[" + full + "]")),
        new Sample("64 citations", Json.parse("[" + (full + ",").repeat(63) + full + "]")));
  }
}
