package dev.quorate.search;

import dev.quorate.embedding.ModelVector;
import dev.quorate.store.Change;
import dev.quorate.store.Snapshot;
import dev.quorate.store.StoredMemory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a run of changes made of the memories they touch, all seen at one moment.
///
/// @param last the last change of the run, or the one it began after where there was none
/// @param drained whether there was none after it at that moment
/// @param nowMillis that moment
record Batch(List<Touched> memories, long last, boolean drained, long nowMillis) {

  /// A memory that a change may have touched.
  ///
  /// @param ids all it ever had
  /// @param live the memory, where it is live
  /// @param vector what it means, where it is live and that is known
  record Touched(List<String> ids, Optional<StoredMemory> live, Optional<ModelVector> vector) {}

  /// @param models whose vectors count
  static Batch after(Snapshot snapshot, long sequence, int changesMax, Set<String> models) {
    var changes = snapshot.changes().after(sequence, changesMax);
    var memories = new ArrayList<Touched>(changes.size());
    var seen = new HashSet<String>();
    for (var change : changes) {
      var id = memory(change);
      if (id.isEmpty() || seen.contains(id.get())) continue;
      var ids = snapshot.members(id.get());
      seen.addAll(ids);
      var live = snapshot.memory(id.get()).filter(StoredMemory::live);
      var vector = live.flatMap(memory -> HeldVector.of(snapshot, memory, ids, models));
      memories.add(new Touched(ids, live, vector));
    }
    var last = changes.isEmpty() ? sequence : changes.getLast().sequence();
    return new Batch(memories, last, changes.size() < changesMax, snapshot.nowMillis());
  }

  /// The memory that a change may have brought into the index or out of it.
  private static Optional<String> memory(Change change) {
    return switch (change.lane()) {
      case CONTENT, LIFECYCLE, EMBEDDING -> Optional.of(change.key());
      // The key is the two ids that are one memory; either stands for both.
      case ALIAS -> Optional.of(change.key().lines().findFirst().orElseThrow());
      case LINK, STANDARD, PENDING, VOTE, LOST, SUBSCRIPTION -> Optional.empty();
    };
  }
}
