package dev.quorate.merge;

import dev.quorate.time.Stamp;

/// One replicated value with the stamp of the change that made it and the hash of its canonical
/// bytes.
public sealed interface Register
    permits ContentRegister,
        LifecycleRegister,
        AliasFact,
        LinkRegister,
        StandardRegister,
        PendingAction,
        Vote,
        EmbeddingRegister,
        LostContent,
        SubscriptionRegister {

  Lane lane();

  /// What identifies this register within its lane.
  String key();

  Stamp stamp();

  /// The latest of the stamps that a merge goes by: where it is far ahead of every clock, nothing
  /// that is made after it would ever stand.
  default Stamp latestStamp() {
    return stamp();
  }

  Hash hash();

  /// The hash that the register's own fields give; another one in [#hash] means damage.
  Hash computedHash();

  default boolean intact() {
    return hash().equals(computedHash());
  }

  /// Whether this register is the later one of the two; of one stamp with two contents (its maker's
  /// clock was set back by a restore) the greater hash is taken as the later.
  default boolean isLaterThan(Register other) {
    var byStamp = stamp().compareTo(other.stamp());
    return byStamp != 0 ? byStamp > 0 : hash().compareTo(other.hash()) > 0;
  }
}
