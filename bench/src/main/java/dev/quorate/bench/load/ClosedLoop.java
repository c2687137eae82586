package dev.quorate.bench.load;

import java.util.concurrent.atomic.AtomicLong;

/// Each client sends as soon as it has its last answer: finds the greatest throughput, but a stall
/// of the server holds back the load as well.
final class ClosedLoop implements Pace {
  private final Clock clock;
  private final Span span;
  private final AtomicLong next = new AtomicLong();
  private final AtomicLong measured = new AtomicLong();
  private volatile boolean stopped;

  ClosedLoop(Clock clock, Span span) {
    this.clock = clock;
    this.span = span;
  }

  @Override
  public boolean next(Turn turn) {
    var now = clock.nanos();
    if (stopped || now - span.endNanos() >= 0) return false;
    turn.measured = now - span.warmNanos() >= 0;
    if (turn.measured && measured.getAndIncrement() >= span.requestsMax()) return false;
    turn.number = next.getAndIncrement();
    turn.startNanos = now;
    return true;
  }

  @Override
  public void stop() {
    stopped = true;
  }

  @Override
  public long unsent() {
    return 0;
  }
}
