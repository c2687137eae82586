package dev.quorate.bench.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class ZipfTest {
  private static final int DRAWS = 1_000_000;

  @Test
  void theSameSeedDrawsTheSameRanks() {
    var zipf = new Zipf(1_000, 1.05, 2.7);
    assertThat(first(zipf, 42)).isEqualTo(first(zipf, 42)).isNotEqualTo(first(zipf, 43));
    assertThat(first(new Zipf(1_000, 1.05, 2.7), 42)).isEqualTo(first(zipf, 42));
  }

  @Test
  void theDrawsAreTheSameOnEveryMachine() {
    assertThat(first(new Zipf(1_000, 1.05, 2.7), 42))
        .startsWith(6, 22, 4, 69, 33, 7, 11, 43, 126, 152, 2, 3, 4, 621, 16, 491);
  }

  @Test
  void ranksComeUpByTheLaw() {
    var counts = counts(new Zipf(100, 1, 0), 100);
    var harmonic = 0.0;
    for (var rank = 1; rank <= 100; rank++) harmonic += 1.0 / rank;
    for (var rank : new int[] {1, 2, 3, 10, 50, 100}) {
      var expected = DRAWS / harmonic / rank;
      assertThat((double) counts[rank - 1]).isCloseTo(expected, Percentage.withPercentage(8));
    }
  }

  @Test
  void theShiftFlattensTheHead() {
    var steep = counts(new Zipf(1_000, 1, 0), 1_000);
    var flat = counts(new Zipf(1_000, 1, 2.7), 1_000);
    assertThat(flat[0]).isLessThan(steep[0] / 2);
    assertThat((double) flat[0] / flat[1]).isCloseTo(4.7 / 3.7, Percentage.withPercentage(5));
  }

  @Test
  void oneRankIsAlwaysDrawn() {
    assertThat(counts(new Zipf(1, 1, 0), 1)).containsExactly(DRAWS);
  }

  @Test
  void noRanksAreRefused() {
    assertThatThrownBy(() -> new Zipf(0, 1, 0)).isInstanceOf(IllegalArgumentException.class);
  }

  private static int[] first(Zipf zipf, long seed) {
    var random = new SplittableRandom(seed);
    return random.ints(50).map(_ -> zipf.draw(random)).toArray();
  }

  private static int[] counts(Zipf zipf, int ranks) {
    var random = new SplittableRandom(7);
    var counts = new int[ranks];
    for (var i = 0; i < DRAWS; i++) counts[zipf.draw(random)]++;
    return counts;
  }
}
