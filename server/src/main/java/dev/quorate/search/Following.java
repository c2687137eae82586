package dev.quorate.search;

import dev.quorate.memory.Memory;
import dev.quorate.store.Store;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.lucene.document.Document;
import org.jspecify.annotations.Nullable;

/// One opened index on its way after the store: takes in changes, offers searchers, commits and
/// drops what expired, each when it is due. Not thread-safe, but for [#reached] and [#drained].
final class Following {
  private static final Logger LOG = System.getLogger(Following.class.getName());

  /// How many changes are read at once.
  private static final int BATCH_MAX = 256;

  /// A searcher that nobody asked for is made when changes have paused for this long, so that the
  /// first who asks need not wait for a day's changes. Not sooner: where one writes every few
  /// seconds, each write would cost a segment.
  private static final long PAUSED_NANOS = TimeUnit.SECONDS.toNanos(10);

  /// And after so many changes, though they go on: each searcher costs a segment, which merging
  /// writes again and again, so that many small ones cost more than the indexing.
  private static final long UNASKED_CHANGES_MAX = 10_000;

  /// Something may be due this often though nobody calls.
  private static final long TICK_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /// A commit too costs a segment, and what it would have saved after a crash is indexed again in
  /// less time than it took to write.
  private static final long COMMIT_NANOS = TimeUnit.SECONDS.toNanos(30);

  /// How often it is tried whether a disk takes writes again.
  private static final long RECOVERY_NANOS = TimeUnit.SECONDS.toNanos(10);

  private static final long COMMIT_CHANGES = 20_000;
  private static final long DROP_NANOS = TimeUnit.MINUTES.toNanos(1);

  /// What has expired may come back without a change where a clock was wrong, so it is kept a
  /// while.
  private static final long KEPT_EXPIRED_MILLIS = TimeUnit.HOURS.toMillis(1);

  private static final long PROGRESS_CHANGES = 10_000;

  /// How much of an index may be in memory while the disk takes nothing. A disk that is full takes
  /// no writes of the store either, so there is little to take in.
  private static final long MEMORY_BYTES_MAX = 64L << 20;

  private static final long NOTHING_COMMITTED = -1;

  private final LuceneIndex index;
  private final int generation;
  private final Store store;
  private final Searchers searchers;
  private final InstantSource clock;
  private final Set<String> models;

  /// Up to here the index was made without some model's vectors, which are looked for once more.
  private final long revisionEnd;

  private volatile long revised;

  /// How many memories were given vectors in the revision that no searcher has yet.
  private long unoffered;

  private final RefreshBudget budget = new RefreshBudget(System.nanoTime());
  private volatile long reached;
  private volatile boolean drained;
  private long committedAt;
  private long commitNanos = System.nanoTime();
  private long changedNanos = System.nanoTime();
  private long offered;
  private long dropNanos = System.nanoTime();
  private long nextProgress;

  Following(
      LuceneIndex index, int generation, Store store, Searchers searchers, InstantSource clock) {
    this.index = index;
    this.generation = generation;
    this.store = store;
    this.searchers = searchers;
    this.clock = clock;
    this.models = Set.copyOf(index.source().models());
    this.revisionEnd = index.openedAt();
    this.revised = index.lacking().isEmpty() ? revisionEnd : 0;
    // Whatever comes is taken in by what counts now.
    if (revisionEnd == 0) index.hasAll();
    this.reached = index.openedAt();
    this.committedAt = reached;
    this.offered = reached;
    this.nextProgress = reached + PROGRESS_CHANGES;
    searchers.publish(index.searcher(), reached, generation);
  }

  /// Whether nothing was left to take in at the last look.
  boolean drained() {
    return drained;
  }

  /// Whether no vectors are lacking that count now and did not when the index was made.
  boolean isComplete() {
    return revised >= revisionEnd;
  }

  /// The last change that was taken in.
  long reached() {
    return reached;
  }

  /// Does what is due. Returns how long to wait before there can be more to do, unless woken; 0
  /// when there is more at once.
  long step() throws IOException {
    var wait = takeIn();
    // Memory has no room for what is on the disk already.
    if (drained && !isComplete() && index.place() == Place.DISK) wait = revise();
    dropIfDue();
    wait = Math.min(wait, offerIfDue());
    commitIfDue();
    return wait;
  }

  private long takeIn() throws IOException {
    var target = store.committedSequence();
    drained = reached >= target;
    if (drained) return TICK_NANOS;
    var batch = next(reached, models);
    if (batch == null) return RETRY_NANOS;
    for (var memory : batch.memories()) {
      index.replace(memory.ids(), document(memory, batch.nowMillis()));
      if (memory.vector().isPresent()) giveWay();
    }
    // Where no change is left, the numbers up to the target were skipped or belong to this batch.
    if (index.exceeds(MEMORY_BYTES_MAX)) {
      throw new UnusableIndex("memory cannot hold what the disk refuses");
    }
    if (!batch.memories().isEmpty()) changedNanos = System.nanoTime();
    reached = batch.drained() ? Math.max(target, batch.last()) : batch.last();
    drained = batch.drained();
    if (reached >= nextProgress) {
      nextProgress = reached + PROGRESS_CHANGES;
      if (!drained)
        LOG.log(Level.INFO, "the search index is at change {0} of {1}", reached, target);
    }
    return drained ? TICK_NANOS : 0;
  }

  /// The next changes behind a number; absent where the store cannot be read just now, which is no
  /// fault of the index.
  private @Nullable Batch next(long sequence, Set<String> counting) {
    try {
      return store.read(snapshot -> Batch.after(snapshot, sequence, BATCH_MAX, counting));
    } catch (RuntimeException e) {
      LOG.log(Level.DEBUG, "the store could not be read: {0}", e.toString());
      return null;
    }
  }

  /// Gives memories that were here before the vectors that did not count then, while there is
  /// nothing new. What has none is left as it is.
  private long revise() throws IOException {
    var batch = next(revised, index.lacking());
    if (batch == null) return RETRY_NANOS;
    for (var memory : batch.memories()) {
      if (memory.vector().isEmpty()) continue;
      if (!index.changed()) changedNanos = System.nanoTime();
      index.replace(memory.ids(), document(memory, batch.nowMillis()));
      unoffered++;
      giveWay();
    }
    revised = batch.drained() ? revisionEnd : batch.last();
    if (revised < revisionEnd) return 0;
    index.hasAll();
    // That it is so is worth a commit, though there may be no change to commit.
    committedAt = NOTHING_COMMITTED;
    return TICK_NANOS;
  }

  /// A vector takes long to place, and a write that was synced meanwhile waits for its answer,
  /// unless a search waits too.
  @SuppressWarnings("ThreadPriorityCheck") // nothing but speed depends on it
  private void giveWay() {
    if (searchers.wanted() == Searchers.NOTHING) Thread.yield();
  }

  private static @Nullable Document document(Batch.Touched touched, long nowMillis) {
    if (touched.live().isEmpty()) return null;
    var stored = touched.live().get();
    try {
      var memory = stored.memory();
      return Columns.document(
          stored.id(),
          memory,
          stored.stamp().millis(),
          expiresMillis(memory, nowMillis),
          touched.vector());
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "memory {0} cannot be searched for: {1}", stored.id(), e.toString());
      return null;
    }
  }

  private static long expiresMillis(Memory live, long nowMillis) {
    var expiry = live.expiresAt();
    if (expiry == null) return Long.MAX_VALUE;
    // What lives beyond its expiry was restored after it, and does not expire.
    return expiry.toEpochMilli() > nowMillis ? expiry.toEpochMilli() : Long.MAX_VALUE;
  }

  /// Makes a searcher when somebody waits for what has been taken in. Returns how long to wait.
  private long offerIfDue() throws IOException {
    var now = System.nanoTime();
    if (!index.changed()) {
      if (reached > searchers.reached()) searchers.confirm(reached);
      return TICK_NANOS;
    }
    var asked = searchers.wanted() <= reached;
    if (!asked && !drained) return TICK_NANOS;
    if (!asked && reached - offered + unoffered < UNASKED_CHANGES_MAX) {
      var pausing = changedNanos + PAUSED_NANOS - now;
      if (pausing > 0) return pausing;
    }
    var wait = budget.waitNanos(now);
    if (wait > 0) return wait;
    index.refresh();
    searchers.publish(index.searcher(), reached, generation);
    offered = reached;
    unoffered = 0;
    budget.spend(System.nanoTime() - now);
    return TICK_NANOS;
  }

  private void commitIfDue() {
    if (reached == committedAt) return;
    var pause =
        switch (index.place()) {
          case DISK -> COMMIT_NANOS;
          case MEMORY -> RECOVERY_NANOS;
        };
    var due = System.nanoTime() - commitNanos >= pause || reached - committedAt >= COMMIT_CHANGES;
    if (!due || !index.beginCommit(reached)) return;
    committedAt = reached;
    commitNanos = System.nanoTime();
  }

  private void dropIfDue() throws IOException {
    if (System.nanoTime() - dropNanos < DROP_NANOS) return;
    dropNanos = System.nanoTime();
    index.dropExpired(clock.millis() - KEPT_EXPIRED_MILLIS);
  }

  /// Leaves an index that can be gone on with.
  void finish() {
    index.finish(reached);
  }
}
