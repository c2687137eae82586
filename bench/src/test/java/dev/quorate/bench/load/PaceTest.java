package dev.quorate.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.bench.wire.Endpoint;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final long MILLI = 1_000_000;

  /// Time passes only by waiting, and by what a test adds.
  private static final class ManualClock implements Clock {
    // Near the overflow, because nanoTime may be anywhere.
    private long now = Long.MAX_VALUE - 50 * MILLI;

    @Override
    public long nanos() {
      return now;
    }

    @Override
    public void park(long nanos) {
      // Waits may end early.
      now += Math.max(1, nanos / 2);
    }
  }

  private final ManualClock clock = new ManualClock();
  private final long start = clock.nanos();
  private final Turn turn = new Turn();

  @Test
  void requestsStartAtTheirRate() {
    var pace = pace(100, 0, 1, 0);
    for (var i = 0; i < 100; i++) {
      assertThat(pace.next(turn)).isTrue();
      assertThat(turn.number).isEqualTo(i);
      assertThat(turn.startNanos - start).isEqualTo(10 * MILLI * i);
      assertThat(clock.nanos() - turn.startNanos).isBetween(0L, 1L);
    }
    assertThat(pace.next(turn)).isFalse();
    assertThat(pace.unsent()).isZero();
  }

  @Test
  void aStallCountsForEveryRequestThatItHeldUp() {
    var pace = pace(100, 0, 1, 0);
    assertThat(pace.next(turn)).isTrue();
    clock.now += 205 * MILLI;
    for (var i = 1; i <= 20; i++) {
      assertThat(pace.next(turn)).isTrue();
      assertThat(clock.nanos() - turn.startNanos).isEqualTo((205 - 10L * i) * MILLI);
    }
    assertThat(pace.next(turn)).isTrue();
    assertThat(clock.nanos() - turn.startNanos).isBetween(0L, 1L);
  }

  @Test
  void theWarmUpIsNotMeasured() {
    var pace = pace(10, 2, 1, 0);
    for (var i = 0; i < 30; i++) {
      assertThat(pace.next(turn)).isTrue();
      assertThat(turn.measured).isEqualTo(i >= 20);
    }
    assertThat(pace.next(turn)).isFalse();
  }

  @Test
  void aNumberOfRequestsIsCountedAfterTheWarmUp() {
    var pace = pace(10, 1, 0, 7);
    for (var i = 0; i < 17; i++) assertThat(pace.next(turn)).isTrue();
    assertThat(pace.next(turn)).isFalse();
    assertThat(pace.unsent()).isZero();
  }

  @Test
  void whatCouldNotBeSentInTimeIsCounted() {
    var pace = pace(100, 0, 1, 0);
    for (var i = 0; i < 10; i++) assertThat(pace.next(turn)).isTrue();
    clock.now += 60_000 * MILLI;
    assertThat(pace.next(turn)).isFalse();
    assertThat(pace.unsent()).isEqualTo(90);
  }

  @Test
  void aStoppedPaceHandsOutNothing() {
    var pace = pace(100, 0, 1, 0);
    assertThat(pace.next(turn)).isTrue();
    pace.stop();
    assertThat(pace.next(turn)).isFalse();
  }

  @Test
  void aClosedLoopMeasuresFromWhenItSends() {
    var pace = new ClosedLoop(clock, Span.of(plan(0, 1, 1, 0), start));
    assertThat(pace.next(turn)).isTrue();
    assertThat(turn.measured).isFalse();
    clock.now += 1_500 * MILLI;
    assertThat(pace.next(turn)).isTrue();
    assertThat(turn.startNanos).isEqualTo(clock.nanos());
    assertThat(turn.measured).isTrue();
    clock.now += 500 * MILLI;
    assertThat(pace.next(turn)).isFalse();
  }

  @Test
  void aClosedLoopMeasuresAsManyRequestsAsWanted() {
    var pace = new ClosedLoop(clock, Span.of(plan(0, 1, 0, 3), start));
    for (var i = 0; i < 5; i++) assertThat(pace.next(turn)).isTrue();
    clock.now += 1_000 * MILLI;
    for (var i = 0; i < 3; i++) {
      assertThat(pace.next(turn)).isTrue();
      assertThat(turn.number).isEqualTo(5 + i);
    }
    assertThat(pace.next(turn)).isFalse();
  }

  private OpenLoop pace(double rate, int warmup, int duration, long requests) {
    var plan = plan(rate, warmup, duration, requests);
    return new OpenLoop(clock, Span.of(plan, start), rate, plan.timeoutNanos());
  }

  private static Plan plan(double rate, int warmup, int duration, long requests) {
    var endpoint = new Endpoint("127.0.0.1", 1);
    return new Plan(List.of(endpoint), null, 1, rate, warmup, duration, requests, 30, Set.of());
  }
}
