package dev.quorate.store;

import java.util.List;
import java.util.Optional;

/// A look at what this node keeps of its peers: how far each has come with the other's changes,
/// what was set aside for them, what guests were shown, and which messages were taken. Not
/// thread-safe.
public interface Peers {
  /// How far each node's changes are completely here, by node and epoch; this node's own excepted.
  List<Origin> holdings();

  /// How far the peer has confirmed what this node sent, in the peer's epoch.
  Optional<Position> pushed(String peer, String epoch);

  /// How far this node has read the peer's changes.
  Optional<Position> pulled(String peer);

  /// What was set aside for a peer, oldest first.
  List<Quarantined> quarantine(String peer);

  /// What was set aside for any peer.
  List<Quarantined> quarantine();

  /// Whether a guest was shown the memory under this id, or brought it.
  boolean wasShown(String guest, String id);

  /// Every kept fact about the nonces of peers.
  List<NonceRow> nonces();
}
