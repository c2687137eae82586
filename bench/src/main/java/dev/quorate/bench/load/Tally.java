package dev.quorate.bench.load;

import dev.quorate.bench.load.Figures.Failed;
import dev.quorate.bench.load.Figures.Operated;
import dev.quorate.bench.load.Figures.Second;
import dev.quorate.bench.workload.Operation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;

/// Everything that a run counts. Clients record from any thread; [#drain] and what follows it
/// belong to the one thread that watches the run.
final class Tally {
  private static final int STATUS_MAX = 999;

  private final List<OperationTally> operations;
  private final AtomicLongArray statuses = new AtomicLongArray(STATUS_MAX + 1);
  private final Map<String, Failures> failures = new ConcurrentHashMap<>();
  private final LongAdder answered = new LongAdder();
  private final LongAdder allFailed = new LongAdder();
  private final LongAdder allItems = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final List<Second> timeline = new ArrayList<>();

  private record Failures(String example, LongAdder count) {}

  Tally(List<Operation> operations) {
    this.operations = operations.stream().map(OperationTally::new).toList();
  }

  void status(Turn turn, int status) {
    if (turn.measured) statuses.getAndIncrement(Math.clamp(status, 0, STATUS_MAX));
  }

  void succeed(Turn turn, int operation, long doneNanos, long items) {
    answered.increment();
    allItems.add(items);
    if (turn.measured) operations.get(operation).succeed(doneNanos - turn.startNanos, items);
  }

  void fail(Turn turn, int operation, Failure failure) {
    answered.increment();
    allFailed.increment();
    if (!turn.measured) return;
    failed.increment();
    operations.get(operation).fail();
    failures
        .computeIfAbsent(failure.kind(), _ -> new Failures(failure.example(), new LongAdder()))
        .count()
        .increment();
  }

  /// Requests that came to an end, the warm-up's included.
  long answered() {
    return answered.sum();
  }

  long failedSinceStart() {
    return allFailed.sum();
  }

  long itemsSinceStart() {
    return allItems.sum();
  }

  /// Takes what was recorded since the last call. With a `second` of 1 or more it also becomes that
  /// second of the timeline.
  Latency drain(int second, double seconds, long failedBefore) {
    var recent = OperationTally.histogram();
    for (var operation : operations) operation.drainTo(recent);
    var latency = Latency.of(recent);
    if (second > 0 && seconds > 0) {
      timeline.add(
          new Second(
              second,
              recent.getTotalCount() / seconds,
              failed.sum() - failedBefore,
              latency.p50(),
              latency.p99(),
              latency.max()));
    }
    return latency;
  }

  long failed() {
    return failed.sum();
  }

  /// All operations in one histogram, as drained so far.
  Histogram total() {
    var total = OperationTally.histogram();
    for (var operation : operations) total.add(operation.total());
    return total;
  }

  List<Operated> operated() {
    return operations.stream().map(OperationTally::figures).toList();
  }

  List<Second> timeline() {
    return List.copyOf(timeline);
  }

  SortedMap<Integer, Long> statuses() {
    var counts = new TreeMap<Integer, Long>();
    for (var status = 0; status <= STATUS_MAX; status++) {
      var count = statuses.get(status);
      if (count > 0) counts.put(status, count);
    }
    return counts;
  }

  /// The most frequent first.
  List<Failed> failures() {
    return failures.entrySet().stream()
        .map(e -> new Failed(e.getKey(), e.getValue().count().sum(), e.getValue().example()))
        .sorted(Comparator.comparingLong(Failed::count).reversed().thenComparing(Failed::kind))
        .toList();
  }
}
