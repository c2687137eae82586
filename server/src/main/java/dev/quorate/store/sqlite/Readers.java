package dev.quorate.store.sqlite;

import dev.quorate.failure.Answers;
import dev.quorate.failure.RequestFailure.Overloaded;
import dev.quorate.store.Store.Reading;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// A bounded pool of platform threads, each with a connection of its own: the engine blocks the
/// thread that calls it, and carriers of virtual threads are few.
final class Readers implements AutoCloseable {
  /// How many readings may wait; more are refused at once.
  static final int QUEUE_MAX = 2_048;

  /// What waits for a reader; an empty entry ends the reader that takes it.
  private final BlockingQueue<Optional<Consumer<Statements>>> queue =
      new ArrayBlockingQueue<>(QUEUE_MAX);

  private final List<Thread> threads = new ArrayList<>();
  private final String nodeId;
  private final String epoch;
  private final InstantSource wallClock;
  private volatile boolean closing;

  /// Opens a connection for one reader thread.
  @FunctionalInterface
  interface Opening {
    Connection open() throws SQLException;
  }

  Readers(int count, Opening opening, String nodeId, String epoch, InstantSource wallClock)
      throws SQLException {
    this.nodeId = nodeId;
    this.epoch = epoch;
    this.wallClock = wallClock;
    for (var i = 0; i < count; i++) {
      var own = opening.open();
      threads.add(Thread.ofPlatform().name("store-reader-" + i).daemon().start(() -> serve(own)));
    }
  }

  <T> T read(Reading<T> reading) {
    var done = new CompletableFuture<T>();
    Consumer<Statements> look =
        sql -> {
          try {
            done.complete(look(sql, reading));
          } catch (SqlFailure e) {
            done.completeExceptionally(e.forCaller());
          } catch (RuntimeException | Error e) {
            done.completeExceptionally(e);
          }
        };
    var task = Optional.of(look);
    if (closing) throw new Overloaded("this node is shutting down");
    if (!queue.offer(task)) {
      throw new Overloaded("too many reads wait (limit %d)".formatted(QUEUE_MAX));
    }
    // The readers may have ended between the two looks, and nobody would take what is queued now.
    if (closing && queue.remove(task)) throw new Overloaded("this node is shutting down");
    return Answers.await(done);
  }

  private <T> T look(Statements sql, Reading<T> reading) {
    sql.command("BEGIN");
    try {
      var now = wallClock.millis();
      var found =
          reading.apply(new SqliteSnapshot(sql, new SqliteAliases(sql), nodeId, epoch, now));
      sql.command("COMMIT");
      return found;
    } catch (RuntimeException | Error e) {
      rollBack(sql);
      throw e;
    }
  }

  private static void rollBack(Statements sql) {
    try {
      sql.command("ROLLBACK");
    } catch (SqlFailure _) {
      // After a fault of the disk the engine has ended the transaction already.
    }
  }

  private void serve(Connection own) {
    var sql = new Statements(own);
    try (own) {
      for (var task = queue.take(); task.isPresent(); task = queue.take()) {
        task.get().accept(sql);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (SQLException e) {
      throw new IllegalStateException("a reader's connection did not close", e);
    }
  }

  @Override
  public void close() {
    closing = true;
    try {
      for (var _ : threads) queue.put(Optional.empty());
      for (var thread : threads) thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
