package dev.quorate.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageEndTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"", "plain", "Größe", "港口", "שלום", "a🚀b", "e\u0301", "\u07ff\u0800\uffff"})
  void aTextIsAsLongAsItsUtf8(String text) {
    assertThat(PageEnd.bytes(text)).isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
  }
}
