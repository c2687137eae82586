package dev.quorate.http.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.quorate.failure.RequestFailure;
import dev.quorate.json.Json;
import java.nio.charset.Charset;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class JsonBodyTest {
  private static final Optional<String> JSON = Optional.of("application/json");

  @Test
  void textOfAllPlanesIsRead() {
    var json = parse("{\"ä\":\"\u20ac \ud83d\ude00\",\"e\":\"\\ud83d\\ude00\\u00e4\"}");
    assertThat(json.get("ä").asString()).isEqualTo("\u20ac \ud83d\ude00");
    assertThat(json.get("e").asString()).isEqualTo("\ud83d\ude00\u00e4");
    assertThat(parse(" 1 ").asInt()).isEqualTo(1);
  }

  @Test
  void aLongBodyBeyondAsciiIsRead() {
    var text = "a\ud83d\ude00\u20acä".repeat(20_000);
    assertThat(parse("\"" + text + "\"").asString()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n\t"})
  void nothingIsNoJson(String body) {
    assertThat(refusal(body)).startsWith("malformed JSON body").endsWith(": it is empty");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "[1,]",
        "{\"a\":1,}",
        "{a:1}",
        "{'a':1}",
        "nul",
        "NaN",
        "01",
        "+1",
        "1 2",
        "{}x",
        "{\"a\":1,\"a\":2}",
        "\"a",
        "\"\\x\"",
        "\"a\nb\"",
        "// no\n1",
        "\u0000",
        "\"\\ud83\""
      })
  void brokenJsonIsRefused(String body) {
    assertThat(refusal(body)).startsWith("malformed JSON body");
  }

  @Test
  void aRefusalSaysWhereAndNotWhat() {
    assertThatExceptionOfType(RequestFailure.Invalid.class)
        .isThrownBy(() -> parse("{\n  \"secret\": sesame}"))
        .withMessage("malformed JSON body")
        .extracting(RequestFailure::details)
        .satisfies(details -> {
          assertThat(details).containsOnlyKeys("line", "column").containsEntry("line", 2);
          assertThat(details.toString()).doesNotContain("secret", "sesame");
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"\\ud800\"",
        "\"\\udc00\"",
        "\"\\uDBFF\\u0041\"",
        "\"\\udc00\\ud800\"",
        "{\"a\":[{\"b\":\"x\\uD83D\"}]}",
        "{\"\\ud83d\":1}",
        "[[\"\\ud83d\\ud83d\\ude00\"]]",
      })
  void aLoneSurrogateIsRefused(String body) {
    // The parser itself finds it in a name.
    assertThat(refusal(body))
        .isIn("malformed JSON body: a string holds a lone surrogate", "malformed JSON body");
  }

  @Test
  void whatIsNotUtf8IsRefused() {
    assertNotUtf8("\"ä\"".getBytes(ISO_8859_1));
    assertNotUtf8(encoded("{\"a\":1}", UTF_16BE));
    assertNotUtf8(encoded("{\"a\":1}", UTF_16LE));
    assertNotUtf8(encoded("\ufeff{}", UTF_16LE));
    assertNotUtf8(encoded("{}", Charset.forName("UTF-32BE")));
    // A lone surrogate, an overlong slash, a code point beyond the last, a sequence cut short.
    assertNotUtf8(bytes('"', 0xed, 0xa0, 0x80, '"'));
    assertNotUtf8(bytes('"', 0xc0, 0xaf, '"'));
    assertNotUtf8(bytes('"', 0xf4, 0x90, 0x80, 0x80, '"'));
    assertNotUtf8(bytes('"', 0xe2, 0x82));
    var late = ("\"" + "ä".repeat(10_000) + "x\"").getBytes(UTF_8);
    late[late.length - 2] = (byte) 0xff;
    assertNotUtf8(late);
  }

  @Test
  void nestingHasALimit() {
    assertThat(parse("[".repeat(Json.DEPTH_MAX) + "]".repeat(Json.DEPTH_MAX)).isArray()).isTrue();
    for (var depth : new int[] {Json.DEPTH_MAX + 1, 100_000}) {
      assertThat(refusal("[".repeat(depth) + "]".repeat(depth))).contains("deeper than 64");
      assertThat(refusal("{\"a\":".repeat(depth) + "1" + "}".repeat(depth))).contains("deeper");
    }
  }

  @Test
  void aNumberHasALimit() {
    assertThat(refusal("1".repeat(2_000))).contains("overlong number");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "Application/JSON",
        "application/json; charset=utf-8",
        "application/json;charset=\"UTF-8\"; profile=x",
        " application/json ; Charset=Utf-8"
      })
  void aJsonContentTypeIsTaken(String contentType) {
    assertThat(JsonBody.parse(Optional.of(contentType), bytes('1')).asInt()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "text/plain",
        "application/jsonx",
        "application/x-www-form-urlencoded",
        "application/json; charset=utf-16",
        "application/json; charset=iso-8859-1",
        "text/plain; application/json",
        "*/*"
      })
  void anotherContentTypeIsNot(String contentType) {
    assertUnsupported(Optional.of(contentType));
  }

  @Test
  void noContentTypeIsNone() {
    assertUnsupported(Optional.empty());
  }

  @Test
  void overTheWireARefusalIsJson() {
    var route = Loopback.post("/json", request -> Response.json(200, request.json()));
    try (var server = Loopback.serving(route);
        var wire = server.connect()) {
      var broken = wire.post("/json", "{\"a\":\n tru}").answer();
      assertThat(broken.status()).isEqualTo(400);
      assertThat(broken.error()).isEqualTo("malformed JSON body");
      assertThat(broken.json().get("line").asInt()).isEqualTo(2);
      var untyped = wire.post("/json", bytes('1')).answer();
      assertThat(untyped.status()).isEqualTo(415);
      assertThat(untyped.error()).isEqualTo("expected Content-Type: application/json");
      var surrogate = wire.post("/json", "{\"a\":\"\\ud800\"}").answer();
      assertThat(surrogate.status()).isEqualTo(400);
      assertThat(wire.post("/json", "{\"ä\":1}").answer().text()).isEqualTo("{\"ä\":1}");
    }
  }

  private static JsonNode parse(String body) {
    return JsonBody.parse(JSON, body.getBytes(UTF_8));
  }

  private static String refusal(String body) {
    return refusal(body.getBytes(UTF_8));
  }

  private static String refusal(byte[] body) {
    try {
      throw new AssertionError("was taken: " + JsonBody.parse(JSON, body));
    } catch (RequestFailure.Invalid e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static void assertNotUtf8(byte[] body) {
    assertThat(refusal(body)).isEqualTo("malformed JSON body: it is not UTF-8");
  }

  private static void assertUnsupported(Optional<String> contentType) {
    assertThatExceptionOfType(RequestFailure.UnsupportedMedia.class)
        .isThrownBy(() -> JsonBody.parse(contentType, bytes('1')))
        .withMessage("expected Content-Type: application/json")
        .extracting(RequestFailure::details)
        .isEqualTo(Map.of());
  }

  private static byte[] encoded(String text, Charset charset) {
    return text.getBytes(charset);
  }

  private static byte[] bytes(int... values) {
    var bytes = new byte[values.length];
    for (var i = 0; i < values.length; i++) bytes[i] = (byte) values[i];
    return bytes;
  }
}
