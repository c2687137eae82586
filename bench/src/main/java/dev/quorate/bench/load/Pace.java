package dev.quorate.bench.load;

/// When each request starts. Shared by all clients, thread-safe.
sealed interface Pace permits ClosedLoop, OpenLoop {
  /// Waits until the next request should start and fills the turn; false when there is none.
  boolean next(Turn turn);

  /// Hands out no more turns.
  void stop();

  /// How many requests should have been measured and never got a turn, as far as the pace knows.
  long unsent();
}
