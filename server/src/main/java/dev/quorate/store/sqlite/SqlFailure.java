package dev.quorate.store.sqlite;

import dev.quorate.failure.RequestFailure.StorageRefused;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// An error of the database engine on its way to the place that knows what it means for the caller.
final class SqlFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Fault fault;

  SqlFailure(SQLException cause) {
    super(cause.getMessage(), cause);
    this.fault = Fault.of(cause);
  }

  /// What the engine says is wrong.
  Fault fault() {
    return fault;
  }

  /// What the request that ran into this ends with: a sentence for its caller, or this itself where
  /// the fault is the program's own.
  RuntimeException forCaller() {
    return switch (fault) {
      case FULL ->
          new StorageRefused(
              "the disk is full: nothing of this write was kept; free some space and retry");
      case READ_ONLY -> new StorageRefused("the store cannot be written (read-only file system?)");
      case DAMAGED ->
          new StorageRefused("the store is damaged; stop this node and restore it from a backup");
      case DISK -> new StorageRefused("the disk failed: " + getMessage());
      case OTHER -> this;
    };
  }

  /// The faults that are told apart.
  enum Fault {
    FULL,
    READ_ONLY,
    DAMAGED,
    DISK,
    OTHER;

    static Fault of(SQLException e) {
      if (!(e instanceof SQLiteException sqlite)) return OTHER;
      // Extended codes carry the primary code in their low byte.
      var primary = sqlite.getResultCode().code & 0xff;
      if (primary == SQLiteErrorCode.SQLITE_FULL.code) return FULL;
      if (primary == SQLiteErrorCode.SQLITE_READONLY.code
          || primary == SQLiteErrorCode.SQLITE_CANTOPEN.code) return READ_ONLY;
      if (primary == SQLiteErrorCode.SQLITE_CORRUPT.code
          || primary == SQLiteErrorCode.SQLITE_NOTADB.code) return DAMAGED;
      return primary == SQLiteErrorCode.SQLITE_IOERR.code ? DISK : OTHER;
    }
  }
}
