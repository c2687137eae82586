package dev.quorate.search;

import dev.quorate.scheduling.Turns;
import dev.quorate.store.Store;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The one thread that keeps the index up with the store, whatever happens to the index: one that
/// cannot be used is deleted and built again. Thread-safe.
final class Follower implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Follower.class.getName());

  private static final long PAUSE_MIN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long PAUSE_MAX_NANOS = TimeUnit.SECONDS.toNanos(30);

  /// Space may be made at any time, and searches wait.
  private static final long FULL_PAUSE_MAX_NANOS = TimeUnit.SECONDS.toNanos(2);

  /// How long changes are gathered that no search waits for: each look at the store and each turn
  /// of the thread costs as much as some memories do.
  private static final long GATHER_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final Path directory;
  private final Store store;
  private final Searchers searchers;
  private final InstantSource clock;
  private final List<String> models;
  private final AtomicInteger rebuilds = new AtomicInteger();
  private final Thread thread;
  private volatile @Nullable Following following;
  private volatile int suspected;
  private volatile boolean rebuilding;
  private volatile Place place = Place.DISK;
  private volatile boolean gathering;
  private volatile boolean closing;
  private int generation;
  private boolean distrusted;

  Follower(
      Path directory, Store store, Searchers searchers, InstantSource clock, List<String> models) {
    this.directory = directory;
    this.store = store;
    this.searchers = searchers;
    this.clock = clock;
    this.models = models;
    this.thread = Thread.ofPlatform().name("search-follower").daemon().unstarted(this::run);
    store.onCommit(_ -> committed());
  }

  private void committed() {
    // Whoever gathers looks at the store afterwards.
    if (!gathering) wake();
  }

  void start() {
    thread.start();
  }

  /// Returns at once; the thread looks for something to do.
  void wake() {
    LockSupport.unpark(thread);
  }

  /// How often the index was built from nothing.
  int rebuilds() {
    return rebuilds.get();
  }

  /// The last change that is in the index.
  long reached() {
    var now = following;
    return now == null ? 0 : now.reached();
  }

  /// Reports that a searcher of this generation met something that cannot be.
  void suspect(int suspectGeneration, Throwable cause) {
    LOG.log(Level.WARNING, "the search index seems to be damaged: {0}", cause.toString());
    searchers.withdraw(suspectGeneration);
    suspected = suspectGeneration;
    wake();
  }

  /// Whether the vectors of all models that count are in the index, as far as it has come.
  boolean isComplete() {
    var now = following;
    return now != null && now.isComplete();
  }

  /// What to tell a search for which the index does not catch up in time.
  String late() {
    var now = following;
    var progress =
        "change %d of %d".formatted(now == null ? 0 : now.reached(), store.committedSequence());
    if (place == Place.MEMORY) {
      return "the disk is full or cannot be written, and the search index cannot go on (%s); free some space and retry"
          .formatted(progress);
    }
    return "the search index %s (%s); retry soon"
        .formatted(rebuilding ? "is being rebuilt" : "is behind the store", progress);
  }

  private void run() {
    Turns.longTakenByThisThread();
    var pause = PAUSE_MIN_NANOS;
    while (!closing) {
      try (var index = open()) {
        follow(index);
      } catch (IOException | RuntimeException | AssertionError | InternalError e) {
        LOG.log(Level.WARNING, "the search index failed and is opened again: {0}", e.toString());
        var before = place;
        place = Probe.writable(directory) ? Place.DISK : Place.MEMORY;
        if (place == Place.DISK) searchers.withdraw(generation);
        if (place == Place.MEMORY && before == Place.DISK) {
          LOG.log(Level.WARNING, "the disk takes no writes; the search index goes on in memory");
        }
        // That it could not be written says nothing against what is there.
        if (place == Place.MEMORY && (before == Place.DISK || e instanceof UnusableIndex)) {
          distrusted = false;
        }
        pause(pause);
        pause = nextPause(pause);
      }
    }
  }

  private long nextPause(long pause) {
    return switch (place) {
      case DISK -> distrusted ? Math.min(PAUSE_MAX_NANOS, pause * 2) : PAUSE_MIN_NANOS;
      case MEMORY -> Math.min(FULL_PAUSE_MAX_NANOS, pause * 2);
    };
  }

  private LuceneIndex open() throws IOException {
    generation++;
    var source = new Source(store.epoch(), models);
    if (!distrusted) {
      try {
        return LuceneIndex.open(place, directory, source, store.committedSequence());
      } catch (IOException | RuntimeException e) {
        var reason =
            e instanceof UnusableIndex
                ? e.getMessage()
                : "it is damaged (%s)".formatted(e.getClass().getSimpleName());
        LOG.log(Level.INFO, "the search index is built from the store, because {0}", reason);
        LOG.log(Level.DEBUG, "why the search index was not used", e);
      }
    }
    rebuilding = true;
    rebuilds.incrementAndGet();
    return LuceneIndex.create(place, directory, source);
  }

  private void follow(LuceneIndex index) throws IOException {
    // What fails before it could commit anything is not worth keeping.
    distrusted = true;
    var now = new Following(index, generation, store, searchers, clock);
    following = now;
    while (!closing) {
      if (suspected == generation) throw new IOException("a search found it damaged");
      var wait = now.step();
      if (now.drained()) rebuilding = false;
      if (index.committed()) {
        distrusted = false;
        if (index.place() == Place.MEMORY) break;
      }
      if (wait > 0) {
        LockSupport.parkNanos(this, wait);
        gather();
      }
    }
    now.finish();
    if (!closing) {
      LOG.log(Level.INFO, "the disk takes writes again, and so does the search index");
      place = Place.DISK;
    }
  }

  /// Lets changes come together until a search waits.
  private void gather() {
    gathering = true;
    var end = System.nanoTime() + GATHER_NANOS;
    while (!closing && searchers.wanted() == Searchers.NOTHING && suspected != generation) {
      var left = end - System.nanoTime();
      if (left <= 0) break;
      LockSupport.parkNanos(this, left);
    }
    gathering = false;
  }

  private void pause(long nanos) {
    var end = System.nanoTime() + nanos;
    while (!closing && System.nanoTime() < end) {
      LockSupport.parkNanos(this, end - System.nanoTime());
    }
  }

  /// Commits the index and ends the thread.
  @Override
  public void close() {
    closing = true;
    wake();
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
