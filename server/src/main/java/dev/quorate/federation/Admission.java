package dev.quorate.federation;

import dev.quorate.failure.RequestFailure.Overloaded;
import dev.quorate.replication.WriteWindow;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/// Where writers wait, first come first served, until theirs can reach its quorum in time: before
/// anything is written, so that whoever is turned away has nothing half done. Thread-safe.
final class Admission {
  /// How long a writer stands here, in times of the wait for a quorum.
  private static final int WAIT_TIMES = 5;

  /// And at most, so that it is told before the whole request is broken off.
  private static final long WAIT_MILLIS_MAX = 30_000;

  /// How many stand here. Each takes a place among the requests that are served, which peers and
  /// readers need too.
  static final int QUEUE_MAX = 256;

  private final ReentrantLock lock = new ReentrantLock();
  private final ArrayDeque<Condition> queue = new ArrayDeque<>();
  private final WriteWindow window;
  private final long waitMillis;
  private final LongSupplier millis;

  /// @param millis of a clock that only goes forward
  Admission(WriteWindow window, long timeoutMillis, LongSupplier millis) {
    this.window = window;
    this.waitMillis = Math.min(WAIT_TIMES * timeoutMillis, WAIT_MILLIS_MAX);
    this.millis = millis;
  }

  /// Waits for a place.
  ///
  /// @throws Overloaded when there is none in time
  void enter() {
    lock.lock();
    try {
      if (enterIfFree()) return;
      await();
      window.enter(millis.getAsLong());
    } finally {
      lock.unlock();
    }
  }

  /// Takes a place if nobody has to be waited for. Returns whether it did.
  boolean enterIfFree() {
    lock.lock();
    try {
      if (!queue.isEmpty() || !open()) return false;
      window.enter(millis.getAsLong());
      return true;
    } finally {
      lock.unlock();
    }
  }

  private boolean open() {
    return window.open(millis.getAsLong());
  }

  private void await() {
    if (queue.size() >= QUEUE_MAX) {
      throw new Overloaded(
          "%d writes are on their way to their quorum and %d wait already; this request changed nothing, retry later"
              .formatted(window.taken(), QUEUE_MAX));
    }
    var turn = lock.newCondition();
    queue.add(turn);
    try {
      var left = TimeUnit.MILLISECONDS.toNanos(waitMillis);
      while (!turn.equals(queue.peek()) || !open()) {
        if (left <= 0) {
          throw new Overloaded(
              "%d writes are on their way to their quorum, and this one had to wait for more than %d ms; this request changed nothing, retry later"
                  .formatted(window.taken(), waitMillis));
        }
        left = turn.awaitNanos(left);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new Overloaded("the node is being stopped; this request changed nothing");
    } finally {
      queue.remove(turn);
      callNext();
    }
  }

  /// Whoever comes next looks itself whether there is a place; it may be for more than one.
  private void callNext() {
    var next = queue.peek();
    if (next != null) next.signal();
  }

  void leave() {
    lock.lock();
    try {
      window.leave();
      callNext();
    } finally {
      lock.unlock();
    }
  }

  /// A write has reached its quorum.
  void reached(long tookMillis) {
    lock.lock();
    try {
      window.reached(tookMillis, millis.getAsLong());
      callNext();
    } finally {
      lock.unlock();
    }
  }

  /// How many writes may be on their way at once.
  int size() {
    lock.lock();
    try {
      return window.size();
    } finally {
      lock.unlock();
    }
  }

  /// How many wait for a place.
  int queued() {
    lock.lock();
    try {
      return queue.size();
    } finally {
      lock.unlock();
    }
  }
}
