package dev.quorate.memories;

import dev.quorate.store.ListQuery;
import dev.quorate.store.Snapshot;
import dev.quorate.store.StoredMemory;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What an agent is given to begin with.
///
/// @param standards what holds where it works, from the top down
/// @param memories the most important and newest others
public record SessionStart(List<StoredMemory> standards, List<StoredMemory> memories) {
  /// The namespace above all others.
  private static final String TOP = "*";

  /// What an agent is given here and now.
  ///
  /// @param namespace where it works, absent for everywhere
  /// @param limit how many memories, standards among them
  public static SessionStart begin(Snapshot snapshot, @Nullable String namespace, int limit) {
    var chain = StandardsInForce.chain(snapshot, namespace == null ? TOP : namespace);
    var standards =
        StandardsInForce.along(snapshot, chain).stream()
            .map(StandardsInForce.Standard::memory)
            .toList();
    var ids = standards.stream().map(StoredMemory::id).collect(Collectors.toSet());
    var list =
        snapshot.list(new ListQuery(namespace, null, 1, null, null, null, null, null, limit, 0));
    return new SessionStart(
        standards, list.stream().filter(memory -> !ids.contains(memory.id())).toList());
  }
}
