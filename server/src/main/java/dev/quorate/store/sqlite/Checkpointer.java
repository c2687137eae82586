package dev.quorate.store.sqlite;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Semaphore;

/// Folds the log back into the file, on a thread and a connection of its own, so that no writer
/// waits for it. What is written meanwhile is left over; the writer folds that little rest in
/// itself, after which the log starts again from its beginning instead of growing.
final class Checkpointer implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Checkpointer.class.getName());

  /// Changes between two rounds: some MiB of log.
  private static final long CHANGES = 4_000;

  /// Commits between two rounds where each changes little.
  private static final long COMMITS = 500;

  private final Statements sql;
  private final Connection connection;
  private final Semaphore due = new Semaphore(0);
  private final Thread thread;
  private long changes;
  private int commits;
  private volatile boolean restDue;
  private volatile boolean closing;

  Checkpointer(Connection connection) {
    this.connection = connection;
    this.sql = new Statements(connection);
    this.thread = Thread.ofPlatform().name("store-checkpointer").daemon().start(this::run);
  }

  /// Called by the writer after every commit, with its own connection.
  ///
  /// @param more how many changes it made
  void committed(Statements writer, long more) {
    changes += more;
    commits++;
    if (restDue) {
      restDue = false;
      fold(writer);
    } else if (changes >= CHANGES || commits >= COMMITS) {
      changes = 0;
      commits = 0;
      due.release();
    }
  }

  private void run() {
    try {
      while (true) {
        due.acquire();
        due.drainPermits();
        if (closing) return;
        fold(sql);
        restDue = true;
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static void fold(Statements sql) {
    try {
      sql.one("PRAGMA wal_checkpoint(PASSIVE)", row -> row.getInt(1));
    } catch (SqlFailure e) {
      // The log keeps what could not be folded in; a full disk is told to whoever writes.
      LOG.log(Level.DEBUG, "the log was not folded in: {0}", e.getMessage());
    }
  }

  @Override
  public void close() {
    closing = true;
    due.release();
    try {
      thread.join();
      connection.close();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (SQLException e) {
      LOG.log(Level.WARNING, "the checkpointer did not close cleanly: {0}", e.getMessage());
    }
  }
}
