package dev.quorate.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.memory.Scope;
import dev.quorate.search.SearchQuery.Mode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The table of api.md 2.6.
class VisibilityTest {
  @TempDir Path directory;

  @ParameterizedTest(name = "{0} in {1} from {2}: {3}")
  @CsvSource({
    "PRIVATE, a/b/c, a/b/c, true",
    "PRIVATE, a/b, a/b/c, false",
    "PRIVATE, a/b/c/d, a/b/c, false",
    "PRIVATE, a/b/x, a/b/c, false",
    "TEAM, a/b/c, a/b/c, true",
    "TEAM, a/b, a/b/c, true",
    "TEAM, a/b/x/y, a/b/c, true",
    "TEAM, a, a/b/c, false",
    "TEAM, a/bb, a/b/c, false",
    "TEAM, a/x, a/b/c, false",
    "TEAM, a, a, false",
    "UNIT, a/x/y, a/b/c, true",
    "UNIT, a, a/b/c, true",
    "UNIT, ab, a/b/c, false",
    "UNIT, b/a, a/b/c, false",
    "UNIT, a/b, a/b, false",
    "ORG, a/x/y/z, a/b/c/d, true",
    "ORG, a, a/b/c/d, true",
    "ORG, b, a/b/c/d, false",
    "ORG, a/b/c, a/b/c, false",
    "COLLECTIVE, x/y, a/b/c, true",
    "COLLECTIVE, a, b, true",
  })
  void scopeDecides(Scope scope, String namespace, String position, boolean visible) {
    try (var library = new Library(directory)) {
      library.with(Sketch.of("m").namespace(namespace).scope(scope));
      assertThat(library.find("content", Mode.ALL, Filters.asAgent(position)).equals(List.of("m")))
          .isEqualTo(visible);
      assertThat(library.all("content")).containsExactly("m");
    }
  }

  @Test
  void withoutAScopeAMemoryIsPrivate() {
    try (var library = new Library(directory)) {
      library.with(Sketch.of("m").namespace("a/b"));
      assertThat(library.find("content", Mode.ALL, Filters.asAgent("a/b"))).containsExactly("m");
      assertThat(library.find("content", Mode.ALL, Filters.asAgent("a/c"))).isEmpty();
      assertThat(library.find("content", Mode.ALL, Filters.asAgent("a"))).isEmpty();
    }
  }
}
