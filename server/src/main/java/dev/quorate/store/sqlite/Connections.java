package dev.quorate.store.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.sqlite.SQLiteConfig;

/// How connections to a store are opened.
final class Connections {
  private static final int PAGE_CACHE_KIB = 16 * 1024;
  private static final int READER_CACHE_KIB = 4 * 1024;

  private Connections() {}

  static Connection writer(Path file) throws SQLException {
    var config = config(PAGE_CACHE_KIB);
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setPragma(SQLiteConfig.Pragma.JOURNAL_SIZE_LIMIT, Integer.toString(64 * 1024 * 1024));
    var connection = config.createConnection("jdbc:sqlite:" + file);
    try (var statement = connection.createStatement()) {
      // The checkpointer does it, where no commit waits for it.
      statement.execute("PRAGMA wal_autocheckpoint = 0");
    }
    return connection;
  }

  static Connection reader(Path file) throws SQLException {
    var config = config(READER_CACHE_KIB);
    config.setReadOnly(true);
    return config.createConnection("jdbc:sqlite:" + file);
  }

  private static SQLiteConfig config(int cacheKib) {
    var config = new SQLiteConfig();
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.enforceForeignKeys(true);
    config.setCacheSize(-cacheKib);
    config.setBusyTimeout(10_000);
    config.setTempStore(SQLiteConfig.TempStore.MEMORY);
    // Else the driver asks for the last row id after every insert, with a statement prepared anew.
    config.setGetGeneratedKeys(false);
    return config;
  }
}
