package dev.quorate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrintableTest {
  @Test
  void nothingThatATerminalObeysIsLeft() {
    for (var c = 0; c <= 0xffff; c++) {
      var text = Printable.text("" + (char) c);
      if (c == '\n' || c == '\t') assertThat(text).hasSize(1);
      else if (Character.isISOControl(c)) assertThat(text).as("%04x", c).isEmpty();
    }
    assertThat(Printable.text("a\u202eb\u2066c\u2028d")).isEqualTo("abcd");
    assertThat(Printable.text("é 😀 \u200d ok")).isEqualTo("é 😀 \u200d ok");
  }

  @Test
  void aLineHasNoLineEnds() {
    assertThat(Printable.line(" a\n\tb\u2028c\r\n ")).isEqualTo("a b c");
  }

  @Test
  void jsonKeepsItsMeaning() {
    var json = "{\n\t\"a\": \"\u007f\u0085\u202e é\"\r\n}";
    assertThat(Printable.json(json)).doesNotContain("\u007f", "\u0085", "\u202e");
    assertThat(Json.parse(Printable.json(json))).isEqualTo(Json.parse(json));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 bytes",
    "1023, 1023 bytes",
    "1024, 1.0 KiB",
    "1048575, 1.0 MiB",
    "1572864, 1.5 MiB",
    "1125899906842624, 1024.0 TiB"
  })
  void sizesAreReadable(long bytes, String text) {
    assertThat(Bytes.text(bytes)).isEqualTo(text);
  }
}
