package dev.quorate.replication;

import dev.quorate.merge.ContentRegister;
import dev.quorate.merge.Hash;
import dev.quorate.merge.Register;
import dev.quorate.merge.Seen;
import dev.quorate.store.Made;
import org.jspecify.annotations.Nullable;

/// What a register that was sent says of others that it stands for.
///
/// @param seen the versions that a content knew; nothing for a register of another lane
record Carried(Hash hash, @Nullable Seen seen) {
  static Carried of(Register register) {
    return new Carried(
        register.hash(), register instanceof ContentRegister content ? content.seen() : null);
  }

  /// Whether who holds this holds what an operation made, or something that supersedes it and has
  /// nothing to keep of it. A content that lost without having been seen is in history by a change
  /// of its own, of which this says nothing.
  boolean holds(Made made) {
    return hash.equals(made.hash()) || seen == null || seen.covers(made.stamp());
  }
}
