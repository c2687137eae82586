package dev.quorate.store;

/// What became of a change that came from elsewhere. All three mean that this node holds it.
public enum Effect {
  /// It changed the state.
  APPLIED,
  /// This node had it, or something that supersedes it.
  NOOP,
  /// It is kept, but shows no effect until something that it names is here.
  PARKED
}
