package dev.quorate.time;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.seeds.Chance;
import dev.quorate.seeds.EachSeed;
import dev.quorate.seeds.Seeds;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class StampTest {
  private static final long LAST_MILLIS = Instant.parse("6429-01-01T00:00:00Z").toEpochMilli();

  @Test
  void everyCounterSurvivesItsTimestampAndTextOrderIsTimeOrder() {
    var before = Stamp.of(1_767_225_599_999L, 0xffff, "n1").timestamp();
    for (var counter = 0; counter <= 0xffff; counter++) {
      var stamp = Stamp.of(1_767_225_600_000L, counter, "n1");
      var text = stamp.timestamp();
      assertThat(text).hasSize(35).isGreaterThan(before);
      assertThat(Stamp.at(Timestamps.parse(text).orElseThrow(), "n1")).isEqualTo(stamp);
      before = text;
    }
    assertThat(Stamp.of(1_767_225_600_001L, 0, "n1").timestamp()).isGreaterThan(before);
  }

  @Test
  void whatIsDerivedComesNextIsAlikeForTheSameAndGrowsWithWhatItIsDerivedFrom() {
    var vote = Stamp.of(20, 0, "n1");
    var early = vote.derived(Stamp.of(10, 0, "n9"), "0a1b2c3d");
    var late = vote.derived(Stamp.of(11, 0, "n2"), "0a1b2c3d");
    assertThat(List.of(vote, early, late)).isSorted();
    assertThat(early).isEqualTo(vote.derived(Stamp.of(10, 0, "n2"), "0a1b2c3d"));
    assertThat(early.isAfter(vote)).isTrue();
    assertThat(Stamp.of(20, 1, "n1").isAfter(late)).isTrue();
    assertThat(late.node()).isEqualTo("n1");
    // One suffix at most, so that every node can read it.
    assertThat(early.derived(late, "0a1b2c3d").origin()).matches("n1\\+[0-9a-f]{24}");
  }

  @EachSeed
  void textOrderIsTimeOrder(long seed) {
    Seeds.check(
        seed,
        chance -> {
          var a = any(chance);
          var b = chance.percent(50) ? any(chance) : new Stamp(a.time() + chance.below(3), "n1");
          var byText = Integer.signum(a.timestamp().compareTo(b.timestamp()));
          assertThat(byText).isEqualTo(Long.compare(a.time(), b.time()));
          assertThat(Stamp.at(a.instant(), "n1")).isEqualTo(a);
        });
  }

  @EachSeed
  void anInstantIsRoundedUpByLessThanOneCounter(long seed) {
    Seeds.check(
        seed,
        chance -> {
          var instant =
              Instant.ofEpochMilli(chance.between(0, LAST_MILLIS))
                  .plusNanos(chance.below(1_000_000));
          var stamp = Stamp.at(instant, "n1");
          var before = new Stamp(stamp.time() - 1, "n1");
          assertThat(before.instant()).isBefore(instant);
          // A counter is written rounded down to whole nanoseconds.
          assertThat(stamp.instant().plusNanos(1)).isAfter(instant);
        });
  }

  @Test
  void theLastNanosecondsOfAMillisecondRoundUpIntoTheNext() {
    var instant = Instant.ofEpochMilli(5).plusNanos(999_999);
    assertThat(Stamp.at(instant, "n1")).isEqualTo(Stamp.of(6, 0, "n1"));
  }

  @Test
  void anInstantBeyondTheLastStampIsStillLaterThanEveryOther() {
    var last = Stamp.of(LAST_MILLIS, 0xffff, "n1");
    assertThat(Stamp.at(Instant.parse("6430-01-01T00:00:00Z"), "n1").isAfter(last)).isTrue();
    assertThat(Stamp.at(Instant.parse("9999-12-31T23:59:59Z"), "n1").isAfter(last)).isTrue();
  }

  @Test
  void stampsOfOneTimeAreOrderedByOrigin() {
    var first = Stamp.of(7, 3, "n1");
    var second = Stamp.of(7, 3, "n2");
    assertThat(second.isAfter(first)).isTrue();
    assertThat(first.isAfter(second)).isFalse();
    assertThat(first.isAfter(first)).isFalse();
    assertThat(first.text()).isNotEqualTo(second.text());
    assertThat(first.isAfter(Stamp.NEVER)).isTrue();
  }

  private static Stamp any(Chance chance) {
    return Stamp.of(chance.between(0, LAST_MILLIS), chance.below(0x10000), "n1");
  }
}
