package dev.quorate.memories;

import dev.quorate.store.Snapshot;
import dev.quorate.store.StoredMemory;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Memories that say what another is about to say.
public final class Duplicates {
  /// How many memories of one title are looked at.
  private static final int TITLED_MAX = 1_000;

  private Duplicates() {}

  /// What was looked at, and the one that says the very same.
  public record Found(Optional<StoredMemory> same, int looked) {}

  /// The live memory with exactly this title and content; of several the one created first.
  ///
  /// @param namespace where to look, absent for everywhere
  public static Found exact(
      Snapshot snapshot, String title, String content, @Nullable String namespace) {
    var titled = snapshot.titled(title, namespace, TITLED_MAX);
    var same =
        titled.stream()
            .filter(stored -> stored.memory().content().equals(content))
            .min(
                Comparator.comparing((StoredMemory stored) -> stored.memory().createdAt())
                    .thenComparing(StoredMemory::id));
    return new Found(same, titled.size());
  }
}
