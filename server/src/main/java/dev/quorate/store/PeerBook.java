package dev.quorate.store;

import java.util.Collection;

/// The writes to what this node keeps of its peers. Not thread-safe.
public interface PeerBook extends Peers {
  /// Everything that a node made in an epoch up to a number is here now.
  void hold(Origin upTo);

  /// Keeps how far a peer has confirmed. A position never goes back within an epoch.
  void pushed(Position position);

  /// Keeps how far a peer was read.
  void pulled(Position position);

  /// Sets a change aside, or keeps a new reason for one that is.
  void quarantine(Quarantined item);

  /// The change is with the peer after all.
  void release(Quarantined item);

  /// Keeps that a guest knows memories under these ids.
  void showed(String guest, Collection<String> ids);

  /// Keeps a row, or forgets it when it has no value.
  void keep(NonceRow row);
}
