package dev.quorate.vectors;

import dev.quorate.store.Store;
import dev.quorate.store.VectorCount;
import dev.quorate.store.VectorSpace;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Counts vectors for whoever asks, but not more often than the store can bear: a count reads every
/// memory, and is kept for fifty times as long as it took. Thread-safe.
final class Counting {
  private static final long KEPT_NANOS_MIN = TimeUnit.MILLISECONDS.toNanos(500);
  private static final long KEPT_BY_COST = 50;

  private final Store store;
  private @Nullable VectorSpace space;
  private VectorCount count = new VectorCount(0, 0);
  private long keptUntil;

  Counting(Store store) {
    this.store = store;
  }

  synchronized VectorCount count(VectorSpace wanted) {
    var begun = System.nanoTime();
    if (wanted.equals(space) && begun - keptUntil < 0) return count;
    count = store.read(snapshot -> snapshot.embeddings().count(wanted));
    space = wanted;
    var ended = System.nanoTime();
    keptUntil = ended + Math.max(KEPT_NANOS_MIN, (ended - begun) * KEPT_BY_COST);
    return count;
  }
}
