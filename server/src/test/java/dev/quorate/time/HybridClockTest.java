package dev.quorate.time;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.seeds.EachSeed;
import dev.quorate.seeds.Seeds;
import org.junit.jupiter.api.Test;

class HybridClockTest {
  @EachSeed
  void stampsGrowThoughTheWallClockIsSetBack(long seed) {
    Seeds.check(
        seed,
        chance -> {
          var clock = new HybridClock("n1", 0);
          var wall = 1_000_000L;
          var last = Stamp.NEVER;
          for (var step = 0; step < 200; step++) {
            wall = Math.max(0, wall + chance.between(-5_000, 5_000));
            if (chance.percent(10)) {
              var accepted = Stamp.of(wall + chance.between(-900, 900) + 1_000, 7, "n2");
              clock.observe(accepted);
              last = accepted.isAfter(last) ? accepted : last;
            }
            var next = clock.next(wall);
            assertThat(next.time()).isGreaterThan(last.time());
            assertThat(next.millis()).isGreaterThanOrEqualTo(wall);
            assertThat(next.origin()).isEqualTo("n1");
            last = next;
          }
        });
  }

  @Test
  void aStampFollowsTheWallClockWhenItMovesOn() {
    var clock = new HybridClock("n1", 0);
    assertThat(clock.next(5)).isEqualTo(Stamp.of(5, 0, "n1"));
    assertThat(clock.next(5)).isEqualTo(Stamp.of(5, 1, "n1"));
    assertThat(clock.next(3)).isEqualTo(Stamp.of(5, 2, "n1"));
    assertThat(clock.next(6)).isEqualTo(Stamp.of(6, 0, "n1"));
  }

  @Test
  void aFullCounterRunsIntoTheNextMillisecond() {
    var clock = new HybridClock("n1", Stamp.of(5, 0xffff, "").time());
    assertThat(clock.next(5)).isEqualTo(Stamp.of(6, 0, "n1"));
  }

  @Test
  void anOlderStampFromElsewhereChangesNothing() {
    var clock = new HybridClock("n1", Stamp.of(9, 0, "").time());
    clock.observe(Stamp.of(8, 0, "n2"));
    assertThat(clock.last()).isEqualTo(Stamp.of(9, 0, "").time());
  }
}
