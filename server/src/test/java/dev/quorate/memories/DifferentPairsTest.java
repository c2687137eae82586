package dev.quorate.memories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.memories.Contradictions.Pair;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DifferentPairsTest {
  private static final int MANY = 1_000;

  /// A content that counts how often one is compared in full.
  private record Counted(String text, AtomicInteger comparisons) {
    @Override
    public boolean equals(@Nullable Object other) {
      comparisons.incrementAndGet();
      return other instanceof Counted(var same, _) && same.equals(text);
    }

    @Override
    public int hashCode() {
      return text.hashCode();
    }
  }

  private static List<String> ids(int count) {
    return IntStream.range(0, count).mapToObj(i -> "m" + i).toList();
  }

  @Test
  void pairsComeInTheOrderOfTheMemoriesAndOnlyThoseThatAreWanted() {
    var contents = List.of("up", "down", "up", "left");
    var wanted = new Pair("m0", "m3");
    assertThat(DifferentPairs.of(ids(4), contents, pair -> !pair.equals(wanted), 10))
        .containsExactly(
            new Pair("m0", "m1"), new Pair("m1", "m2"), new Pair("m1", "m3"), new Pair("m2", "m3"));
    assertThat(DifferentPairs.of(ids(4), contents, _ -> true, 2))
        .containsExactly(new Pair("m0", "m1"), new Pair("m0", "m3"));
  }

  @Test
  void eachContentIsComparedOnceHoweverManySayTheSame() {
    var comparisons = new AtomicInteger();
    var contents =
        IntStream.range(0, MANY).mapToObj(_ -> new Counted("the same", comparisons)).toList();
    assertThat(DifferentPairs.of(ids(MANY), contents, _ -> true, MANY)).isEmpty();
    assertThat(comparisons.get()).isLessThan(MANY);
  }
}
