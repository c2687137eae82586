package dev.quorate.federation;

import dev.quorate.quorum.Miss;
import dev.quorate.quorum.Verdict;
import dev.quorate.replication.Batch;
import dev.quorate.replication.Operation;
import dev.quorate.replication.Operations;
import dev.quorate.replication.Outcome;
import dev.quorate.store.Made;
import dev.quorate.store.Quarantined;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// The writers that wait for their quorum, and what the links report. Thread-safe.
final class Waiting {
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Operation, Condition> waiting = new HashMap<>();
  private final Operations operations;
  private final Admission admission;
  private final InstantSource wallClock;

  /// @param admission is told how long the way to a quorum takes
  Waiting(Operations operations, Admission admission, InstantSource wallClock) {
    this.operations = operations;
    this.admission = admission;
    this.wallClock = wallClock;
  }

  /// Begins to count who holds what was just committed.
  Operation begin(List<Made> made, long sequence) {
    lock.lock();
    try {
      var operation = operations.begin(made, sequence, wallClock.millis());
      // A peer was quicker than the writer. When another one brings news of it says nothing.
      operation.reachedNow();
      return operation;
    } finally {
      lock.unlock();
    }
  }

  /// When a wait is over.
  @FunctionalInterface
  interface Until {
    boolean over(Operation operation, long nowMillis);
  }

  /// Waits until it is over, or the operation's time is.
  Verdict await(Operation operation, Until until) {
    lock.lock();
    try {
      var counted = waiting.computeIfAbsent(operation, _ -> lock.newCondition());
      while (!until.over(operation, wallClock.millis())) {
        var left = operation.deadlineMillis() - wallClock.millis();
        // A wall clock that was set back must not make anyone wait for longer than the timeout.
        var bounded = Math.min(left, operations.policy().timeoutMillis());
        var woken = counted.await(bounded, TimeUnit.MILLISECONDS);
        if (!woken && left >= operations.policy().timeoutMillis()) break;
      }
      return operation.verdict();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return operation.verdict();
    } finally {
      waiting.remove(operation);
      operations.answered(operation);
      lock.unlock();
    }
  }

  void delivered(String link, Batch batch, List<Outcome.Skip> skipped) {
    tell(() -> operations.delivered(link, batch, skipped));
  }

  void failed(String link, long upTo, Miss reason) {
    tell(() -> operations.failed(link, upTo, reason));
  }

  void known(String link, String epoch, long through, Set<String> refused) {
    tell(() -> operations.known(link, epoch, through, refused));
  }

  void released(String link, Quarantined item) {
    tell(() -> operations.released(link, item.lane(), item.key()));
  }

  private void tell(Supplier<List<Operation>> report) {
    lock.lock();
    try {
      for (var operation : report.get()) {
        var counted = waiting.get(operation);
        if (counted != null) counted.signalAll();
        if (operation.reachedNow()) {
          admission.reached(wallClock.millis() - operation.begunMillis());
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /// How many changes of it each link's peer has not confirmed.
  Map<String, Integer> lacking(Operation operation) {
    lock.lock();
    try {
      return operation.lacking();
    } finally {
      lock.unlock();
    }
  }

  /// The verdict on the operation with this number, or, where it is not remembered any more, on
  /// everything up to it.
  Verdict verdict(long sequence) {
    lock.lock();
    try {
      return operations
          .find(sequence)
          .orElseGet(() -> operations.judge(sequence, wallClock.millis()))
          .verdict();
    } finally {
      lock.unlock();
    }
  }
}
