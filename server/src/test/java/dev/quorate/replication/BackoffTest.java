package dev.quorate.replication;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {
  @ParameterizedTest
  @CsvSource({
    "1, 250",
    "2, 500",
    "3, 1000",
    "4, 2000",
    "5, 4000",
    "6, 8000",
    "7, 16000",
    "8, 30000",
    "9, 30000",
    "2147483647, 30000"
  })
  void eachFailureDoublesTheRestUpToHalfAMinute(int failures, long most) {
    assertThat(Backoff.millis(failures, 1)).isEqualTo(most);
    assertThat(Backoff.millis(failures, 0)).isEqualTo(most / 2);
    assertThat(Backoff.millis(failures, 0.5)).isEqualTo(most * 3 / 4);
  }

  @Test
  void chanceSpreadsTheRestAndNeverMakesItNothing() {
    var before = 0L;
    for (var step = 0; step <= 10; step++) {
      var rest = Backoff.millis(1, step / 10.0);
      assertThat(rest).isGreaterThan(before).isLessThanOrEqualTo(Backoff.FIRST_MILLIS);
      before = rest;
    }
  }
}
