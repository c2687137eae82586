package dev.quorate.settings;

/// How a write is answered that too few nodes hold in time. It is kept and goes on replicating
/// either way.
public enum OnQuorumMiss {
  /// 503 `quorum_not_met`.
  ERROR,
  /// 202 with the body of a success and `durability: "local"`.
  ACCEPTED
}
