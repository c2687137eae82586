package dev.quorate.bench.load;

import dev.quorate.bench.load.Figures.Operated;
import dev.quorate.bench.workload.Operation;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/// Counts and latencies of one operation. Any thread records, one thread drains.
final class OperationTally {
  private static final long NANOS_MIN = 1_000;
  private static final long NANOS_MAX = TimeUnit.HOURS.toNanos(1);
  private static final int DIGITS = 3;

  private final Operation operation;
  private final Recorder recorder = new Recorder(NANOS_MIN, NANOS_MAX, DIGITS);
  private final Histogram total = histogram();
  private final LongAdder failed = new LongAdder();
  private final LongAdder items = new LongAdder();
  private Histogram interval = recorder.getIntervalHistogram();

  OperationTally(Operation operation) {
    this.operation = operation;
  }

  static Histogram histogram() {
    return new Histogram(NANOS_MIN, NANOS_MAX, DIGITS);
  }

  void succeed(long latencyNanos, long itemCount) {
    recorder.recordValue(Math.clamp(latencyNanos, 0, NANOS_MAX));
    items.add(itemCount);
  }

  void fail() {
    failed.increment();
  }

  /// Adds what was recorded since the last call to a histogram, and to the total.
  void drainTo(Histogram histogram) {
    interval = recorder.getIntervalHistogram(interval);
    histogram.add(interval);
    total.add(interval);
  }

  /// What was drained so far.
  Histogram total() {
    return total;
  }

  Operated figures() {
    return new Operated(
        operation.name(),
        operation.itemsName(),
        total.getTotalCount(),
        failed.sum(),
        items.sum(),
        Latency.of(total));
  }
}
