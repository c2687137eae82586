package dev.quorate.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EmbeddedTextTest {
  private static final String EMOJI = "👩";

  @Test
  void aTextIsCutAtItsWindowAndNotWithinACharacter() {
    var fits = "a".repeat(EmbeddedText.WINDOW_MAX);
    assertThat(EmbeddedText.window(fits)).isSameAs(fits);
    assertThat(EmbeddedText.window(fits + "b")).isEqualTo(fits);
    var begin = "a".repeat(EmbeddedText.WINDOW_MAX - 1);
    assertThat(EmbeddedText.window(begin + EMOJI)).isEqualTo(begin);
    var whole = begin.substring(1) + EMOJI;
    assertThat(EmbeddedText.window(whole + EMOJI)).isEqualTo(whole);
  }
}
