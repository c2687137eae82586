package dev.quorate.store.sqlite;

import dev.quorate.failure.Answers;
import dev.quorate.failure.RequestFailure.Overloaded;
import dev.quorate.store.Made;
import dev.quorate.store.Store.Committed;
import dev.quorate.store.Store.Mutation;
import dev.quorate.time.HybridClock;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongConsumer;

/// The one thread that writes. It drains its queue, applies what it found in one transaction, syncs
/// once, and completes everyone who waited: the cost of durability is shared (group commit).
final class Writer implements AutoCloseable {
  private static final String OWED =
      "SELECT coalesce(max(sequence), 0) FROM changes WHERE origin IS NULL";

  private static final Logger LOG = System.getLogger(Writer.class.getName());

  /// How many mutations may wait; more are refused at once.
  static final int QUEUE_MAX = 4_096;

  /// How many mutations one commit takes at most.
  private static final int BATCH_MAX = 512;

  private final Connection connection;
  private final Checkpointer checkpointer;
  private final Statements sql;
  private final SqliteTables tables;
  private final DigestTally tally;
  private final Sequence sequence;
  private final HybridClock clock;
  private final InstantSource wallClock;
  private final String nodeId;
  private final String epoch;
  private final BlockingQueue<Task<?>> queue = new ArrayBlockingQueue<>(QUEUE_MAX);
  private final List<LongConsumer> listeners = new CopyOnWriteArrayList<>();
  private final List<Runnable> noticeListeners = new CopyOnWriteArrayList<>();
  private final Thread thread;
  private volatile long committed;
  private volatile long owed;
  private volatile boolean closing;

  Writer(
      Connection connection,
      Checkpointer checkpointer,
      String nodeId,
      String epoch,
      int replacedVersionsMax,
      InstantSource wallClock) {
    this.connection = connection;
    this.checkpointer = checkpointer;
    this.sql = new Statements(connection);
    this.nodeId = nodeId;
    this.epoch = epoch;
    this.wallClock = wallClock;
    this.committed =
        sql.one("SELECT coalesce(max(sequence), 0) FROM changes", row -> row.getLong(1)).orElse(0L);
    // A delete forgets numbers, so the greatest one ever given is kept beside the rows.
    this.sequence = new Sequence(Math.max(committed, fact("sequence")));
    this.committed = sequence.last();
    this.owed = sql.one(OWED, row -> row.getLong(1)).orElse(0L);
    this.clock = new HybridClock(nodeId, fact("clock"));
    this.tally = new DigestTally(sql);
    this.tables = new SqliteTables(sql, sequence, tally, replacedVersionsMax);
    this.thread = Thread.ofPlatform().name("store-writer").daemon().start(this::run);
  }

  private long fact(String name) {
    return sql.one("SELECT value FROM facts WHERE name = ?", row -> row.getString(1), name)
        .map(Long::parseLong)
        .orElse(0L);
  }

  long committed() {
    return committed;
  }

  long owed() {
    return owed;
  }

  void onCommit(LongConsumer listener) {
    listeners.add(listener);
  }

  void onNotice(Runnable listener) {
    noticeListeners.add(listener);
  }

  <T> Committed<T> write(Mutation<T> mutation) {
    var task = new Task<>(mutation);
    if (closing) throw new Overloaded("this node is shutting down");
    if (!queue.offer(task)) {
      throw new Overloaded("the store's queue is full (%d writes wait)".formatted(QUEUE_MAX));
    }
    // The writer may have ended between the two looks, and nobody would take what is queued now.
    if (closing && queue.remove(task)) throw new Overloaded("this node is shutting down");
    return Answers.await(task.done);
  }

  private void run() {
    var batch = new ArrayList<Task<?>>(BATCH_MAX);
    while (true) {
      batch.clear();
      try {
        var first = queue.take();
        if (first == STOP) break;
        batch.add(first);
        queue.drainTo(batch, BATCH_MAX - 1);
      } catch (InterruptedException _) {
        // Only close ends this thread, and it does so by a task.
        continue;
      }
      var stop = batch.remove(STOP);
      commit(batch);
      if (stop) break;
    }
    var left = new ArrayList<Task<?>>();
    queue.drainTo(left);
    left.forEach(task -> task.fail(new Overloaded("this node is shutting down")));
  }

  private void commit(List<Task<?>> batch) {
    var before = sequence.last();
    try {
      sql.command("BEGIN IMMEDIATE");
      tally.begin();
      batch.forEach(this::apply);
      keepFacts();
      tally.write();
      sql.command("COMMIT");
      tally.committed();
    } catch (RuntimeException | Error e) {
      rollBack("ROLLBACK");
      tally.rolledBack();
      var failure = refused(e);
      batch.forEach(task -> task.fail(failure));
      return;
    }
    // Whoever sees how far this store is must also see what it owes.
    owed = batch.stream().mapToLong(Task::owed).reduce(owed, Math::max);
    committed = sequence.last();
    batch.forEach(task -> task.complete(committed));
    if (committed > before) listeners.forEach(it -> tell(() -> it.accept(committed)));
    if (batch.stream().anyMatch(Task::notified)) noticeListeners.forEach(Writer::tell);
    checkpointer.committed(sql, committed - before);
  }

  /// Everyone who waited has been answered: a listener that fails must not end the one writer.
  private static void tell(Runnable listener) {
    try {
      listener.run();
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "a listener to commits failed", e);
    }
  }

  /// Runs one mutation. What it throws is its own affair, but an engine that refuses to write fails
  /// the whole batch.
  private void apply(Task<?> task) {
    if (!task.waiting()) return;
    sql.command("SAVEPOINT mutation");
    var transaction =
        new SqliteTransaction(sql, tables, clock, nodeId, epoch, committed, wallClock.millis());
    try {
      task.run(transaction);
      task.ran(transaction.settle(), transaction.notified());
      sql.command("RELEASE mutation");
      tally.settle();
    } catch (SqlFailure e) {
      if (e.fault() != SqlFailure.Fault.OTHER) throw e;
      rollBackOne(task, e);
    } catch (RuntimeException | Error e) {
      rollBackOne(task, e);
    }
  }

  private void rollBackOne(Task<?> task, Throwable cause) {
    tally.drop();
    sql.command("ROLLBACK TO mutation");
    sql.command("RELEASE mutation");
    task.refuse(cause);
  }

  private void keepFacts() {
    keepFact("clock", clock.last());
    keepFact("sequence", sequence.last());
  }

  private void keepFact(String name, long value) {
    sql.run("INSERT OR REPLACE INTO facts (name, value) VALUES (?, ?)", name, Long.toString(value));
  }

  private void rollBack(String command) {
    try {
      sql.command(command);
    } catch (SqlFailure e) {
      // A full disk has often ended the transaction already.
      LOG.log(Level.DEBUG, "nothing to roll back: {0}", e.getMessage());
    }
  }

  private static Throwable refused(Throwable cause) {
    if (!(cause instanceof SqlFailure failure)) return cause;
    var refusal = failure.forCaller();
    LOG.log(Level.WARNING, "a commit was refused: {0}", refusal.getMessage());
    return refusal;
  }

  @Override
  public void close() {
    closing = true;
    try {
      queue.put(STOP);
      thread.join();
      checkpointer.close();
      connection.close();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (SQLException e) {
      LOG.log(Level.WARNING, "the store did not close cleanly: {0}", e.getMessage());
    }
  }

  private static final Task<?> STOP = new Task<>(_ -> "stop");

  private static final class Task<T> {
    private final Mutation<T> mutation;
    private final CompletableFuture<Committed<T>> done = new CompletableFuture<>();
    private Optional<T> ran = Optional.empty();
    private List<Made> made = List.of();
    private boolean notices;
    private Optional<Throwable> refusal = Optional.empty();

    Task(Mutation<T> mutation) {
      this.mutation = mutation;
    }

    boolean waiting() {
      return !done.isDone();
    }

    void run(SqliteTransaction transaction) {
      ran = Optional.of(mutation.apply(transaction));
    }

    /// Notes what the mutation made, when all of its work is done.
    void ran(List<Made> everything, boolean hasNotices) {
      made = List.copyOf(everything);
      notices = hasNotices;
    }

    /// Whether it had an event wait for a subscriber.
    boolean notified() {
      return notices && refusal.isEmpty();
    }

    /// The number of the last change that it made here, 0 for none.
    long owed() {
      return refusal.isPresent() || made.isEmpty() ? 0 : made.getLast().sequence();
    }

    /// The mutation failed. It is told only after the commit, for it may have failed because of
    /// what another mutation of the same batch did.
    void refuse(Throwable cause) {
      refusal = Optional.of(cause);
    }

    void complete(long sequence) {
      if (refusal.isPresent()) {
        fail(refusal.get());
      } else {
        ran.ifPresent(value -> done.complete(new Committed<>(value, sequence, made)));
      }
    }

    void fail(Throwable cause) {
      done.completeExceptionally(cause);
    }
  }
}
