package dev.quorate.federation;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Wakes whoever waits for something to happen. A beat that falls between a look and the wait for
/// the next is not missed. Thread-safe.
final class Pulse {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition beaten = lock.newCondition();
  private final AtomicLong beats = new AtomicLong();

  /// What is to be passed to [#await] after looking.
  long beats() {
    return beats.get();
  }

  void beat() {
    lock.lock();
    try {
      beats.incrementAndGet();
      beaten.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Waits until there was another beat than those seen, or the time is over.
  void await(long seen, long millis) throws InterruptedException {
    var nanos = TimeUnit.MILLISECONDS.toNanos(millis);
    lock.lockInterruptibly();
    try {
      while (beats.get() == seen && nanos > 0) nanos = beaten.awaitNanos(nanos);
    } finally {
      lock.unlock();
    }
  }
}
