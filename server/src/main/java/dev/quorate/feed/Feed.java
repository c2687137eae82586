package dev.quorate.feed;

import dev.quorate.store.Origin;
import dev.quorate.store.Store;
import java.util.List;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The changes of this node, for readers that follow them. Whoever waits holds nothing of the store
/// meanwhile. Thread-safe.
public final class Feed implements AutoCloseable {
  /// How many looks one request takes at most before it answers, with whatever it has found.
  private static final int LOOKS_MAX = 25;

  /// How long commits are gathered before the next look, so that many small ones cost few looks.
  private static final long GATHER_MILLIS = 20;

  private final Store store;
  private final Source here;

  /// Goes on one phase with each commit that made changes, and ends with this node.
  private final Phaser commits = new Phaser(1);

  public Feed(Store store) {
    this.store = store;
    this.here = new Source(store.nodeId(), store.epoch());
    store.onCommit(_ -> commits.arrive());
  }

  /// The place behind everything that is here now.
  public Cursor now() {
    var owed = store.owedSequence();
    return store.read(snapshot -> new Scan(snapshot, here, owed).end());
  }

  /// What the cursor was told and this node does not hold without a gap.
  public List<Origin> lacking(Cursor cursor) {
    var owed = store.owedSequence();
    return store.read(snapshot -> new Scan(snapshot, here, owed).lacking(cursor));
  }

  /// The next entries after a cursor. A page may be empty and say that there is more.
  ///
  /// @param limit at most how many, 1 or more
  public Page page(Cursor cursor, int limit, Wanted wanted) {
    var page = look(cursor, limit, wanted);
    var behind = page.behind();
    for (var looks = 1; page.entries().isEmpty() && page.more() && looks < LOOKS_MAX; looks++) {
      page = look(page.next(), limit, wanted);
    }
    return new Page(page.entries(), page.next(), page.more(), behind);
  }

  private Page look(Cursor cursor, int limit, Wanted wanted) {
    // Before the look: what is owed may be committed after it.
    var owed = store.owedSequence();
    return store.read(snapshot -> new Scan(snapshot, here, owed).read(cursor, limit, wanted));
  }

  /// The same, waiting for a first entry until the time is over or this node ends.
  public Page await(Cursor cursor, int limit, Wanted wanted, long millis)
      throws InterruptedException {
    var until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    var phase = commits.getPhase();
    var page = page(cursor, limit, wanted);
    var behind = page.behind();
    while (page.entries().isEmpty() && !page.more() && !isClosed()) {
      var left = until - System.nanoTime();
      if (left <= 0 || !committed(phase, left)) break;
      phase = commits.getPhase();
      page = page(page.next(), limit, wanted);
      if (page.entries().isEmpty()) gather();
    }
    return new Page(page.entries(), page.next(), page.more(), behind);
  }

  private boolean committed(int phase, long nanos) throws InterruptedException {
    try {
      commits.awaitAdvanceInterruptibly(phase, nanos, TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException _) {
      return false;
    }
  }

  /// Lets some commits come together, for a reader that has just been told everything.
  public void gather() throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(GATHER_MILLIS);
  }

  public boolean isClosed() {
    return commits.isTerminated();
  }

  /// Ends every wait.
  @Override
  public void close() {
    commits.forceTermination();
  }
}
