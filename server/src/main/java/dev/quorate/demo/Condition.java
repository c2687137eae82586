package dev.quorate.demo;

import dev.quorate.failure.NodeFailure;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waiting until something is so, for a bounded time.
final class Condition {
  private static final long NANOS_MAX = 20_000_000_000L;
  private static final long LOOK_NANOS = 20_000_000L;

  private Condition() {}

  /// Returns when it is so.
  ///
  /// @param what for the failure: "the nodes are equal"
  /// @throws NodeFailure if it is not so in time
  static void await(String what, BooleanSupplier condition) {
    var deadline = System.nanoTime() + NANOS_MAX;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new NodeFailure(
            "it is not so after %d s that %s".formatted(NANOS_MAX / 1_000_000_000, what));
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }
}
