package dev.quorate.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WatchTest {
  private static final List<String> IDS =
      IntStream.range(0, 300).mapToObj(number -> "memory-" + number).toList();

  @Test
  void whatWasStoredHereIsMade() {
    assertThat(new Watch("a", Map.of("b", "m"), true).mine("x", "a")).isTrue();
    assertThat(new Watch("a", Map.of(), false).mine("x", "a")).isTrue();
  }

  @Test
  void whoIsThereMakesItsOwnHoweverLate() {
    for (var model : List.of("m", "another model")) {
      assertThat(makers(Map.of("a", "m", "b", model, "c", "m"), "b"))
          .allSatisfy((_, makers) -> assertThat(makers).containsExactly("b"));
    }
  }

  @Test
  void nobodyIsGoneBeforeItsTime() {
    assertThat(new Watch("a", Map.of(), false).mine("x", "b")).isFalse();
    assertThat(new Watch("a", Map.of(), true).mine("x", "b")).isTrue();
  }

  @Test
  void oneOfThoseThatAreThereMakesWhatTheGoneOneStored() {
    assertThat(makers(Map.of("a", "m", "b", "m", "c", "m"), "gone"))
        .allSatisfy((_, makers) -> assertThat(makers).hasSize(1));
  }

  @Test
  void theMemoriesOfTheGoneOneAreSharedAmongThoseThatMakeVectors() {
    var nodes = Map.of("a", "m", "b", "m", "c", "");
    var counts = new TreeMap<String, Integer>();
    makers(nodes, "gone").forEach((_, makers) -> counts.merge(makers.getFirst(), 1, Integer::sum));
    assertThat(counts.keySet()).containsExactly("a", "b");
    assertThat(counts.values()).allSatisfy(count -> assertThat(count).isBetween(75, 225));
  }

  @Test
  void forOneThatMakesNoneAnotherDoesAtOnce() {
    assertThat(makers(Map.of("a", "m", "b", ""), "b"))
        .allSatisfy((_, makers) -> assertThat(makers).containsExactly("a"));
  }

  /// Who makes the vector of each memory, by what every node that makes some sees.
  private static Map<String, List<String>> makers(Map<String, String> nodes, String origin) {
    var makers = new TreeMap<String, List<String>>();
    for (var id : IDS) {
      makers.put(
          id,
          nodes.keySet().stream()
              .filter(self -> !nodes.getOrDefault(self, "").isEmpty())
              .filter(self -> {
                var others = new TreeMap<>(nodes);
                others.remove(self);
                return new Watch(self, others, true).mine(id, origin);
              })
              .sorted()
              .toList());
    }
    return makers;
  }
}
