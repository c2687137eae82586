package dev.quorate.replication;

/// What a link is to do now.
public sealed interface Step {
  /// Ask the peer who it is, and load how far it had confirmed.
  record Greet() implements Step {}

  /// Send what follows the cursor.
  ///
  /// @param after the cursor
  /// @param unitsMax at most how many operations' worth of changes
  record Send(long after, int unitsMax) implements Step {}

  /// Send again what was set aside and is due.
  record SendAside() implements Step {}

  /// Nothing, until this time or until something happens.
  record Rest(long untilMillis) implements Step {}
}
