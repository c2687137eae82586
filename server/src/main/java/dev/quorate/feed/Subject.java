package dev.quorate.feed;

import dev.quorate.memories.PendingRow;
import dev.quorate.memory.Link;
import dev.quorate.store.StoredMemory;
import dev.quorate.store.Version;
import org.jspecify.annotations.Nullable;

/// What a change is about, in its newest state.
public sealed interface Subject {
  /// A memory that is live or archived.
  record OfMemory(StoredMemory memory) implements Subject {}

  /// A link, whether or not its ends are live.
  record OfLink(Link link) implements Subject {}

  record OfStandard(String namespace, String standardId, @Nullable String parent)
      implements Subject {}

  record OfPending(PendingRow pending) implements Subject {}

  record OfVersion(Version version) implements Subject {}

  record OfVector(String model, int dimension) implements Subject {}

  /// Nothing is shown here: it is gone, or not here yet.
  record None() implements Subject {}

  /// It lies outside of what was asked for; whoever knew it is to forget it.
  record Outside() implements Subject {}
}
