package dev.quorate.search;

import dev.quorate.failure.RequestFailure.Overloaded;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.apache.lucene.search.IndexSearcher;
import org.jspecify.annotations.Nullable;

/// The newest searcher, shared by all searches, and those who wait for a newer one. Thread-safe.
final class Searchers {
  /// Nobody waits.
  static final long NOTHING = Long.MAX_VALUE;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /// Replaced under the lock; holds one reference to its reader.
  private volatile @Nullable Published newest;

  /// The least sequence that somebody waits for.
  private volatile long wanted = NOTHING;

  private volatile boolean closed;

  /// @param sequence up to which every change is in it
  /// @param generation which opening of the index it belongs to
  private record Published(IndexSearcher searcher, long sequence, int generation) {
    boolean hold() {
      return searcher.getIndexReader().tryIncRef();
    }

    void release() {
      try {
        searcher.getIndexReader().decRef();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /// A searcher that stays open until it is given back.
  static final class Lease implements AutoCloseable {
    private final Published held;

    private Lease(Published held) {
      this.held = held;
    }

    IndexSearcher searcher() {
      return held.searcher;
    }

    int generation() {
      return held.generation;
    }

    @Override
    public void close() {
      held.release();
    }
  }

  /// The newest searcher as soon as it holds every change up to `sequence`.
  ///
  /// @param waiting called before each wait, to get those going who make searchers
  /// @param late what to tell the caller when the time is up
  /// @throws Overloaded when the time is up or this was closed
  Lease lease(long sequence, long deadlineNanos, Runnable waiting, Supplier<String> late) {
    var now = newest;
    if (now != null && now.sequence >= sequence && now.hold()) return new Lease(now);
    lock.lock();
    try {
      while (true) {
        now = newest;
        if (now != null && now.sequence >= sequence && now.hold()) return new Lease(now);
        if (closed) throw new Overloaded("this node is shutting down");
        var left = deadlineNanos - System.nanoTime();
        if (left <= 0) throw new Overloaded(late.get());
        wanted = Math.min(wanted, sequence);
        waiting.run();
        changed.awaitNanos(left);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new Overloaded("the search was interrupted");
    } finally {
      lock.unlock();
    }
  }

  /// How many documents the newest searcher sees; 0 while there is none.
  int documents() {
    lock.lock();
    try {
      var now = newest;
      return now == null ? 0 : now.searcher.getIndexReader().numDocs();
    } finally {
      lock.unlock();
    }
  }

  /// The least sequence that a search waits for, [#NOTHING] when none does.
  long wanted() {
    return wanted;
  }

  /// The sequence that the newest searcher has reached, -1 while there is none.
  long reached() {
    var now = newest;
    return now == null ? -1 : now.sequence;
  }

  /// Offers a searcher; its reader is kept open as long as it is the newest or in use.
  void publish(IndexSearcher searcher, long sequence, int generation) {
    searcher.getIndexReader().incRef();
    lock.lock();
    try {
      var former = newest;
      replace(new Published(searcher, sequence, generation));
      if (former != null) former.release();
    } finally {
      lock.unlock();
    }
  }

  /// Tells that the newest searcher, as it is, holds every change up to `sequence`.
  void confirm(long sequence) {
    lock.lock();
    try {
      var now = newest;
      if (now != null) replace(new Published(now.searcher, sequence, now.generation));
    } finally {
      lock.unlock();
    }
  }

  private void replace(Published next) {
    newest = next;
    // Those for whom this is not enough ask again.
    wanted = NOTHING;
    changed.signalAll();
  }

  /// Takes back what was offered from this or an earlier opening of the index.
  void withdraw(int generation) {
    lock.lock();
    try {
      var now = newest;
      if (now == null || now.generation > generation) return;
      newest = null;
      now.release();
    } finally {
      lock.unlock();
    }
  }

  /// Ends all waiting.
  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
