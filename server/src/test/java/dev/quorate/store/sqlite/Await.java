package dev.quorate.store.sqlite;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waiting for what another thread or process is about to do.
final class Await {
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  private Await() {}

  /// Returns when the condition holds, and fails when it does not come to hold in time.
  static void until(String what, BooleanSupplier condition) {
    var deadline = System.nanoTime() + DEADLINE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not within %s: %s".formatted(DEADLINE, what));
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
  }
}
