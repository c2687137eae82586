package dev.quorate.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RefreshBudgetTest {
  private static final long MILLISECOND = TimeUnit.MILLISECONDS.toNanos(1);

  @Test
  void aRefreshNowAndThenNeverWaits() {
    var budget = new RefreshBudget(0);
    for (var second = 0L; second < 100; second++) {
      assertThat(budget.waitNanos(TimeUnit.SECONDS.toNanos(second))).isZero();
      budget.spend(20 * MILLISECOND);
    }
  }

  @Test
  void refreshesWithoutPauseTakeAQuarterOfTheTime() {
    var budget = new RefreshBudget(0);
    var now = 0L;
    var spent = 0L;
    while (now < TimeUnit.SECONDS.toNanos(100)) {
      now += budget.waitNanos(now);
      budget.spend(2 * MILLISECOND);
      now += 2 * MILLISECOND;
      spent += 2 * MILLISECOND;
    }
    assertThat((double) spent / now).isBetween(0.2, 0.26);
  }

  @Test
  void oneThatTookLongHoldsTheNextUpForFortyMillisecondsAtMost() {
    var budget = new RefreshBudget(0);
    budget.spend(TimeUnit.SECONDS.toNanos(10));
    assertThat(budget.waitNanos(0)).isEqualTo(40 * MILLISECOND);
    assertThat(budget.waitNanos(40 * MILLISECOND)).isZero();
  }
}
