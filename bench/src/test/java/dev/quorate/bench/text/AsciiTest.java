package dev.quorate.bench.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AsciiTest {
  @Test
  void itGrowsAndIsFilledAgain() {
    var text = new Ascii(1);
    text.append("abc").append('d').append(new byte[] {'e', 'f', 'g'}, 2).append(new Ascii(0));
    assertThat(text).hasToString("abcdef");
    assertThat(text.length()).isEqualTo(6);
    assertThat(text.clear().append("x")).hasToString("x");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 7, 10, 99, 100, 1_234_567_890_123L, Long.MAX_VALUE})
  void numbersAreWrittenInDecimal(long number) {
    assertThat(new Ascii(1).append(number)).hasToString(Long.toString(number));
  }

  @Test
  void negativeNumbersAreRefused() {
    assertThatThrownBy(() -> new Ascii(1).append(-1L)).hasMessageContaining("-1");
  }
}
