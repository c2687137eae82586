package dev.quorate.search;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NamespacesTest {
  @Test
  void depthIsTheNumberOfSegments() {
    assertThat(Namespaces.depth("a")).isEqualTo(1);
    assertThat(Namespaces.depth("a/bb/c")).isEqualTo(3);
  }

  @Test
  void ancestorsBeginAtTheTop() {
    assertThat(Namespaces.withAncestors("a")).containsExactly("a");
    assertThat(Namespaces.withAncestors("a/bb/c")).containsExactly("a", "a/bb", "a/bb/c");
  }

  @Test
  void thereIsNothingAboveTheTop() {
    assertThat(Namespaces.above("a/b/c", 0)).contains("a/b/c");
    assertThat(Namespaces.above("a/b/c", 1)).contains("a/b");
    assertThat(Namespaces.above("a/b/c", 2)).contains("a");
    assertThat(Namespaces.above("a/b/c", 3)).isEmpty();
    assertThat(Namespaces.above("a", 1)).isEmpty();
  }
}
