package dev.quorate.store;

import dev.quorate.memory.Memory;
import dev.quorate.merge.Register;
import dev.quorate.time.Stamp;
import org.jspecify.annotations.Nullable;

/// The writes of replication within one mutation. Not thread-safe.
public interface ReplicaTransaction extends ReplicaSnapshot {
  @Override
  PeerBook peers();

  /// Merges a register that was made elsewhere.
  ///
  /// @param origin where it was made; absent for one that this node adopts as its own, because
  ///   whoever made it does not bring it to the other nodes
  /// @param together what one operation committed together shares this id
  /// @param memory what the body of a content says, absent where nobody has read it yet
  Effect receive(
      Register register,
      @Nullable Memory memory,
      @Nullable Origin origin,
      @Nullable String together);

  /// The same for a register whose body, if it has one, nobody has read yet.
  default Effect receive(Register register, @Nullable Origin origin, @Nullable String together) {
    return receive(register, null, origin, together);
  }

  /// Stops showing a memory whose content is damaged, until a sound one takes its place.
  void hide(String contentId);

  /// A fresh stamp.
  Stamp stamp();
}
