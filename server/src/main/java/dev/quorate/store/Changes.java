package dev.quorate.store;

import dev.quorate.merge.Lane;
import java.util.List;
import java.util.Optional;

/// A look at the sequence of changes: one row for each register, under the number of its latest
/// change. Not thread-safe.
public interface Changes {
  /// The changes after `sequence`, oldest first, at most `limit`.
  List<Change> after(long sequence, int limit);

  /// Those of them that this node has to bring to its peers: what it made itself, and what it
  /// adopted. Each says as its origin where the present state of its register was made, which since
  /// may have come from another node.
  List<Change> ownAfter(long sequence, int limit);

  /// The own changes of one operation, whatever their numbers, told in the same way.
  List<Change> ownOf(String together);

  /// The number of the latest change of a register that this node has to bring to its peers.
  Optional<Long> ownSequence(Lane lane, String key);

  /// The latest change of a register, wherever it was made: the one that its state is of.
  Optional<Change> latest(Lane lane, String key);

  /// Up to which sequence number, from this one on, there is nothing that is lacked by who holds
  /// everything of these nodes up to these numbers.
  long heldThrough(long sequence, List<Origin> holds);

  /// The greatest sequence number in this look.
  long lastSequence();
}
