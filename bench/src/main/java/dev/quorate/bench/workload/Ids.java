package dev.quorate.bench.workload;

import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// The ids of memories that can be got: a bounded ring, the newest kept. Thread-safe.
public final class Ids {
  private static final int KEPT_MAX = 1 << 16;

  private final AtomicReferenceArray<String> ring = new AtomicReferenceArray<>(KEPT_MAX);
  private final AtomicLong added = new AtomicLong();

  public void add(String id) {
    ring.set((int) (added.getAndIncrement() % KEPT_MAX), id);
  }

  public boolean isEmpty() {
    return ring.get(0) == null;
  }

  /// Any id, each as likely as the others; null while there is none.
  @Nullable String any(SplittableRandom random) {
    var count = (int) Math.min(added.get(), KEPT_MAX);
    if (count == 0) return null;
    var id = ring.get(random.nextInt(count));
    // A place is counted before it is filled.
    return id == null ? ring.get(0) : id;
  }
}
