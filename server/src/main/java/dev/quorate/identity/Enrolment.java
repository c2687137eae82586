package dev.quorate.identity;

/// What became of a key that was to be enrolled.
public enum Enrolment {
  /// The peer had no key before.
  ADDED,
  /// The peer has this very key already.
  UNCHANGED,
  /// The peer had another key, which is gone.
  REPLACED,
  /// The peer has another key, which stays.
  REFUSED
}
