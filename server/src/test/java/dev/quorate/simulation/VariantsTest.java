package dev.quorate.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.seeds.Chance;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The simulation finds what is broken on purpose.
class VariantsTest {
  private static final long SEEDS_MAX = 2_000;

  @ParameterizedTest
  @EnumSource
  void aBrokenRuleIsFoundWithinTwoThousandSeeds(Variant variant) {
    assertThat(LongStream.range(0, SEEDS_MAX).anyMatch(seed -> isFound(variant, seed)))
        .as("%s breaks a promise in one of %d worlds", variant, SEEDS_MAX)
        .isTrue();
  }

  private static boolean isFound(Variant variant, long seed) {
    try {
      new Simulation(new Chance(seed), variant.conduct()).run();
      return false;
    } catch (AssertionError e) {
      return String.valueOf(e.getMessage()).contains(variant.complaint());
    }
  }
}
