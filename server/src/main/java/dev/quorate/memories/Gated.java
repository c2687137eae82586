package dev.quorate.memories;

import dev.quorate.merge.PendingAction;

/// What became of an operation that a policy may hold back.
public sealed interface Gated<T> {
  /// It was done.
  record Done<T>(T value) implements Gated<T> {}

  /// It waits for approval.
  record Held<T>(PendingAction pending) implements Gated<T> {}
}
