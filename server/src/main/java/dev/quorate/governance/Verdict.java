package dev.quorate.governance;

/// What a policy says of an operation.
public sealed interface Verdict {
  record Allowed() implements Verdict {}

  /// It is refused.
  ///
  /// @param reason part of a sentence
  record Denied(String reason) implements Verdict {}

  /// It waits until somebody approves.
  record Held(Approver approver) implements Verdict {}
}
