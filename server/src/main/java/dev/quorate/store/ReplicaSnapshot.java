package dev.quorate.store;

import dev.quorate.merge.Digest;
import dev.quorate.merge.Lane;
import dev.quorate.merge.LifecycleRegister;
import dev.quorate.merge.Register;
import dev.quorate.merge.Vote;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The part of a consistent look that replication needs. Not thread-safe.
public interface ReplicaSnapshot {
  /// Milliseconds since 1970 that decide what has expired in this look.
  long nowMillis();

  /// The register of a lane with this key, as it is now.
  Optional<Register> register(Lane lane, String key);

  /// The lifecycle of a memory under exactly this id.
  default Optional<LifecycleRegister> lifecycle(String id) {
    return register(Lane.LIFECYCLE, id).map(LifecycleRegister.class::cast);
  }

  /// Ids of the contents that are shown live under this title of this namespace, in order.
  List<String> shownUnder(String namespace, String title);

  /// The votes on a pending action, in no order.
  List<Vote> votes(String pendingId);

  /// The sequence of changes.
  Changes changes();

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

  Digest digest();

  /// The registers of some buckets of the digest.
  List<RegisterName> buckets(Set<Integer> buckets);

  /// Every kept fact about the nonces of peers.
  List<NonceRow> nonces();
}
