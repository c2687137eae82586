package dev.quorate.replication;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ComparisonTimeTest {
  private static final long INTERVAL = 60_000;

  private final ComparisonTime time = new ComparisonTime(INTERVAL, 1_000);

  @Test
  void aRestingStoreIsComparedAtEachInterval() {
    assertThat(time.due(1_000, 7)).isFalse();
    assertThat(time.due(1_000 + INTERVAL - 1, 7)).isFalse();
    assertThat(time.due(1_000 + INTERVAL, 7)).isTrue();
    assertThat(time.due(1_000 + 2 * INTERVAL - 1, 7)).isFalse();
    assertThat(time.due(1_000 + 2 * INTERVAL, 7)).isTrue();
  }

  @Test
  void writingPutsItOffUntilTheNextRest() {
    assertThat(time.due(1_000 + INTERVAL - 1, 7)).isFalse();
    assertThat(time.due(1_000 + INTERVAL, 8)).isFalse();
    assertThat(time.due(1_250 + INTERVAL, 9)).isFalse();
    assertThat(time.due(1_500 + INTERVAL, 9)).isFalse();
    assertThat(time.due(1_249 + INTERVAL + ComparisonTime.REST_MILLIS, 9)).isFalse();
    assertThat(time.due(1_250 + INTERVAL + ComparisonTime.REST_MILLIS, 9)).isTrue();
  }

  @Test
  void writingThatNeverRestsDoesNotPutItOffForEver() {
    var sequence = 0L;
    var compared = 0;
    for (var now = 1_000L; now <= 1_000 + 2 * ComparisonTime.PATIENCE * INTERVAL; now += 250) {
      if (time.due(now, sequence++)) compared++;
    }
    assertThat(compared).isEqualTo(2);
  }

  @Test
  void aShortIntervalIsRestEnough() {
    var often = new ComparisonTime(1_000, 1_000);
    assertThat(often.due(1_500, 7)).isFalse();
    assertThat(often.due(2_499, 7)).isFalse();
    assertThat(often.due(2_500, 7)).isTrue();
  }

  @Test
  void anIntervalOfNeverStaysNever() {
    var never = new ComparisonTime(Long.MAX_VALUE, 1_000);
    assertThat(never.due(Long.MAX_VALUE / 2, 7)).isFalse();
    assertThat(never.due(Long.MAX_VALUE / 2 + 250, 7)).isFalse();
  }
}
