package dev.quorate.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quorate.memory.AnyMemory;
import dev.quorate.seeds.EachSeed;
import dev.quorate.seeds.Seeds;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

class JsonTest {
  @EachSeed
  void theCanonicalFormOfACanonicalFormIsItself(long seed) {
    Seeds.check(
        seed,
        chance -> {
          var canonical = Json.canonical(AnyMemory.object(chance, 6));
          assertThat(Json.canonical(Json.parse(canonical))).isEqualTo(canonical);
        });
  }

  @EachSeed
  void theCanonicalFormDoesNotDependOnTheOrderOfKeys(long seed) {
    Seeds.check(
        seed,
        chance -> {
          var object = AnyMemory.object(chance, 3);
          var keys = new ArrayList<String>();
          object.propertyNames().forEach(keys::add);
          var other = Json.object();
          chance.shuffled(keys).forEach(key -> other.set(key, object.get(key)));
          assertThat(Json.canonical(other)).isEqualTo(Json.canonical(object));
        });
  }

  @Test
  void keysAreSortedByCodeUnit() {
    // U+1F300 is above U+FF5E, but its first code unit is below.
    var astral = "\ud83c\udf00";
    var text = "{\"\uff5e\":1,\"b\":2,\"%s\":3,\"\":4,\"B\":{\"z\":1,\"a\":2}}".formatted(astral);
    assertThat(canonical(text))
        .isEqualTo(
            "{\"\":4,\"B\":{\"a\":2,\"z\":1},\"b\":2,\"%s\":3,\"\uff5e\":1}".formatted(astral));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0, 0",
    "-0.0, 0",
    "0e9, 0",
    "1, 1",
    "1.0, 1",
    "1.50, 1.5",
    "-1.50, -1.5",
    "1e2, 100",
    "1E+2, 100",
    "1.5e-3, 0.0015",
    "0.1, 0.1",
    "9007199254740993, 9007199254740993",
    "123456789012345678901234567890, 123456789012345678901234567890",
    "0.1234567890123456789, 0.1234567890123456789",
    "1e40, 10000000000000000000000000000000000000000",
    "1e41, 1E+41",
    "1e-40, 0.0000000000000000000000000000000000000001",
    "1e-41, 1E-41",
    "12.5e99, 1.25E+100",
    "1e999999, 1E+999999",
    "1e-999999, 1E-999999",
  })
  void numbersAreWrittenPlainWithoutTrailingZeros(String number, String expected) {
    assertThat(canonical(number)).isEqualTo(expected);
    assertThat(canonical("[%s]".formatted(number))).isEqualTo("[" + expected + "]");
    assertThat(canonical(expected)).isEqualTo(expected);
  }

  @Test
  void controlCharactersAreEscapedAndNothingElse() {
    assertThat(
            canonical("\"\\u0000\\u0001\\u001f\\b\\f\\n\\r\\t\\\"\\\\\\/\\u007f\\u00e9\\u2028\""))
        .isEqualTo("\"\\u0000\\u0001\\u001f\\b\\f\\n\\r\\t\\\"\\\\/\u007f\u00e9\u2028\"");
  }

  @Test
  void literalsAndEmptyContainersStayAsTheyAre() {
    assertThat(canonical(" [ true , false , null , { } , [ ] , \"\" ] "))
        .isEqualTo("[true,false,null,{},[],\"\"]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":1,\"a\":1}",
        "{\"a\":1,\"b\":{\"c\":1,\"c\":2}}",
        "[{\"a\":1,\"\\u0061\":2}]",
        "{} {}",
        "1 2",
        "{}]",
        "NaN",
        "[Infinity]",
        "+1",
        "01",
        "1.",
        ".5",
        "'a'",
        "{a:1}",
        "[1,]",
        "{\"a\":1,}",
        "// a\n1",
        "\"a",
        "\"\n\"",
        "{\"a\"}",
        "1e99999999999",
        "tru",
      })
  void whatIsNotOneStrictValueIsRefused(String text) {
    assertThatThrownBy(() -> Json.parse(text)).isInstanceOf(JacksonException.class);
    assertThatThrownBy(() -> Json.parse(Json.utf8(text))).isInstanceOf(JacksonException.class);
  }

  @Test
  void nestingIsReadToItsLimitAndNotBeyond() {
    assertThat(canonical(nested(Json.DEPTH_MAX))).isEqualTo(nested(Json.DEPTH_MAX));
    assertThatThrownBy(() -> Json.parse(nested(Json.DEPTH_MAX + 1)))
        .isInstanceOf(JacksonException.class);
    assertThatThrownBy(() -> Json.parse(nested(100_000))).isInstanceOf(JacksonException.class);
  }

  @Test
  void textThatIsNotUtf8IsRefused() {
    byte[] cut = {'"', (byte) 0xe2, (byte) 0x82, '"'};
    byte[] begun = {'"', (byte) 0x80, '"'};
    byte[] never = {'"', (byte) 0xff, '"'};
    assertThatThrownBy(() -> Json.parse(cut)).isInstanceOf(JacksonException.class);
    assertThatThrownBy(() -> Json.parse(begun)).isInstanceOf(JacksonException.class);
    assertThatThrownBy(() -> Json.parse(never)).isInstanceOf(JacksonException.class);
  }

  private static String nested(int depth) {
    return "[".repeat(depth) + "]".repeat(depth);
  }

  private static String canonical(String text) {
    JsonNode parsed = Json.parse(text);
    return Json.canonical(parsed);
  }
}
