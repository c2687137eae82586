package dev.quorate.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quorate.failure.RequestFailure.Invalid;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamespacePatternTest {
  @ParameterizedTest
  @CsvSource({
    "*, a/b, true",
    "a, a, true",
    "a, a/b, false",
    "a, ab, false",
    "a/**, a, true",
    "a/**, a/b, true",
    "a/**, a/b/c, true",
    "a/**, ab, false",
    "a/**, b/a, false",
    "a/b/**, a, false"
  })
  void aPatternMeansOneNamespaceOrATreeOrAll(String pattern, String namespace, boolean matches) {
    assertThat(new NamespacePattern(pattern).matches(namespace)).isEqualTo(matches);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "**", "/**", "a/*", "*/a", "a*", "a/**/b", "a b", "a//b", "a/../**"})
  void anythingElseIsNoPattern(String text) {
    assertThatThrownBy(() -> new NamespacePattern(text)).isInstanceOf(Invalid.class);
  }
}
