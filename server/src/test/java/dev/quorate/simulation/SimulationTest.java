package dev.quorate.simulation;

import dev.quorate.seeds.Seeds;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The program's protocol keeps its promises in every world. A failure names its seed: `-Dseed=42`
/// plays it again, `-Dseeds=20000` tries more.
class SimulationTest {
  private static final long COUNT_DEFAULT = 2_000;

  static LongStream seeds() {
    var one = Long.getLong("seed");
    return one != null
        ? LongStream.of(one)
        : LongStream.range(0, Long.getLong("seeds", COUNT_DEFAULT));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void everyWorldKeepsThePromises(long seed) {
    Seeds.check(seed, chance -> new Simulation(chance, new Conduct()).run());
  }
}
