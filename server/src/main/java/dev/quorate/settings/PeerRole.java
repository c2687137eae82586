package dev.quorate.settings;

/// What a peer is to the mesh.
public enum PeerRole {
  /// Holds everything and counts for the quorum.
  REPLICA,
  /// Gets and gives some namespaces, and never counts.
  GUEST
}
