package dev.quorate.testkit;

import java.time.Duration;

/// What a [FaultProxy] does to the connections through it.
public sealed interface Fault {
  /// Nothing: bytes go through as they come.
  record None() implements Fault {}

  /// Bytes arrive later: those to the node, and those from it.
  record Delay(Duration there, Duration back) implements Fault {}

  /// The network is gone: open connections and new ones are reset.
  record Cut() implements Fault {}

  /// The node hangs: connections are accepted, bytes are swallowed, nothing is ever answered.
  record HalfOpen() implements Fault {}

  /// The line is slow: so many bytes a second each way, for each connection.
  record Throttle(int bytesPerSecond) implements Fault {
    public Throttle {
      if (bytesPerSecond < 1) {
        throw new IllegalArgumentException("bytesPerSecond must be 1 or more: " + bytesPerSecond);
      }
    }
  }
}
