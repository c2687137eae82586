package dev.quorate.federation;

import dev.quorate.failure.RequestFailure.Overloaded;
import dev.quorate.replication.WriteWindow;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Where writers wait, first come first served, until theirs can reach its quorum in time: before
/// anything is written, so that whoever is turned away has nothing half done. Thread-safe.
final class Admission {
  /// How long a writer stands here, in times of the wait for a quorum.
  private static final int WAIT_TIMES = 5;

  private final ReentrantLock lock = new ReentrantLock();
  private final ArrayDeque<Condition> queue = new ArrayDeque<>();
  private final WriteWindow window;
  private final long waitMillis;

  Admission(WriteWindow window, long timeoutMillis) {
    this.window = window;
    this.waitMillis = WAIT_TIMES * timeoutMillis;
  }

  /// Waits for a place.
  ///
  /// @throws Overloaded when there is none in time
  void enter() {
    lock.lock();
    try {
      if (!queue.isEmpty() || !window.open()) await();
      window.enter();
    } finally {
      lock.unlock();
    }
  }

  private void await() {
    var turn = lock.newCondition();
    queue.add(turn);
    try {
      var left = TimeUnit.MILLISECONDS.toNanos(waitMillis);
      while (!turn.equals(queue.peek()) || !window.open()) {
        if (left <= 0) {
          throw new Overloaded(
              "%d writes are on their way to their quorum, and this one had to wait for more than %d ms; nothing of it was kept, retry later"
                  .formatted(window.taken(), waitMillis));
        }
        left = turn.awaitNanos(left);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new Overloaded("the node is being stopped; nothing of this write was kept");
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

  void reached(long begunMillis, long nowMillis) {
    lock.lock();
    try {
      window.reached(begunMillis, nowMillis);
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
