package dev.quorate.bench.load;

import java.util.concurrent.atomic.AtomicLong;

/// Requests start at a fixed rate, whether or not earlier ones were answered. A request that finds
/// every client busy starts late and its latency counts from when it should have started, so that a
/// stall shows in the latency of every request that it held up.
final class OpenLoop implements Pace {
  private static final double NANOS_PER_SECOND = 1e9;

  private final Clock clock;
  private final long startNanos;
  private final double gapNanos;
  private final long drainNanos;
  private final long measuredFrom;
  private final long turns;
  private final AtomicLong next = new AtomicLong();
  private final AtomicLong sentMeasured = new AtomicLong();
  private volatile boolean stopped;

  /// `drainNanos` is how long after its intended start a request may still be sent.
  OpenLoop(Clock clock, Span span, double ratePerSecond, long drainNanos) {
    this.clock = clock;
    this.drainNanos = drainNanos;
    startNanos = span.startNanos();
    gapNanos = NANOS_PER_SECOND / ratePerSecond;
    measuredFrom = turnsBefore(span.warmNanos());
    turns =
        span.requestsMax() == Long.MAX_VALUE
            ? turnsBefore(span.endNanos())
            : measuredFrom + span.requestsMax();
  }

  @Override
  public boolean next(Turn turn) {
    if (stopped || next.get() >= turns) return false;
    var number = next.getAndIncrement();
    if (number >= turns) return false;
    turn.number = number;
    turn.measured = number >= measuredFrom;
    turn.startNanos = startNanos + (long) (number * gapNanos);
    while (true) {
      var early = turn.startNanos - clock.nanos();
      if (early <= 0) break;
      if (stopped) return false;
      clock.park(early);
    }
    if (clock.nanos() - turn.startNanos > drainNanos) {
      // Hopelessly behind: this request and those after it stay unsent.
      stopped = true;
      return false;
    }
    if (turn.measured) sentMeasured.getAndIncrement();
    return true;
  }

  @Override
  public void stop() {
    stopped = true;
  }

  @Override
  public long unsent() {
    return turns - measuredFrom - sentMeasured.get();
  }

  private long turnsBefore(long nanos) {
    return (long) Math.ceil((nanos - startNanos) / gapNanos);
  }
}
