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

  /// What this node keeps of its peers.
  Peers peers();

  Digest digest();

  /// The registers of some buckets of the digest.
  List<RegisterName> buckets(Set<Integer> buckets);
}
