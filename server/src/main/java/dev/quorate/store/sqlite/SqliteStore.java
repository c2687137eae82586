package dev.quorate.store.sqlite;

import dev.quorate.failure.NodeFailure;
import dev.quorate.failure.RequestFailure;
import dev.quorate.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.LongConsumer;

/// The store in one SQLite file, `quorate.db`, with its log beside it.
public final class SqliteStore implements Store {
  public static final String FILE_NAME = "quorate.db";

  private final Path file;
  private final String nodeId;
  private final String epoch;
  private final Writer writer;
  private final Readers readers;

  private SqliteStore(Path file, String nodeId, String epoch, Writer writer, Readers readers) {
    this.file = file;
    this.nodeId = nodeId;
    this.epoch = epoch;
    this.writer = writer;
    this.readers = readers;
  }

  /// Opens the store of a data directory, creating or migrating it where needed.
  ///
  /// @throws NodeFailure when the file is damaged, of a newer schema, of another program, or cannot
  ///   be written
  public static SqliteStore open(
      Path directory, String nodeId, StoreOptions options, InstantSource wallClock) {
    var file = directory.resolve(FILE_NAME);
    try {
      Files.createDirectories(directory);
      // Opening a database to write changes it, so one of another program is told apart before.
      if (Files.exists(file)) {
        refuseStub(file);
        try (var look = Connections.reader(file)) {
          Schema.check(look, file);
        }
      }
      var connection = Connections.writer(file);
      try {
        Schema.migrate(connection);
        SqliteUsages.index(connection, options.countsByAgent());
        var epoch = epoch(new Statements(connection));
        var checkpointer = new Checkpointer(Connections.writer(file));
        var writer =
            new Writer(
                connection, checkpointer, nodeId, epoch, options.replacedVersionsMax(), wallClock);
        var pool =
            new Readers(
                options.readers(), () -> Connections.reader(file), nodeId, epoch, wallClock);
        return new SqliteStore(file, nodeId, epoch, writer, pool);
      } catch (SQLException | RuntimeException e) {
        closeQuietly(connection);
        throw e;
      }
    } catch (SQLException e) {
      throw unusable(file, SqlFailure.Fault.of(e), e);
    } catch (SqlFailure e) {
      throw unusable(file, e.fault(), e);
    } catch (IOException e) {
      throw new NodeFailure(
          "Cannot create the data directory %s: %s".formatted(directory, e.getMessage()), e);
    }
  }

  /// The engine takes a file that is too short for its header for an empty database, and writes
  /// over it.
  private static void refuseStub(Path file) {
    var bytes = file.toFile().length();
    if (bytes > 0 && bytes < StoreFile.HEADER_BYTES) {
      throw new NodeFailure(
          "The store %s is damaged or not a Quorate store: it has %d bytes, fewer than any; restore it from a backup (quorate restore FILE)"
              .formatted(file, bytes));
    }
  }

  private static void closeQuietly(Connection connection) {
    try {
      connection.close();
    } catch (SQLException _) {
      // The fault that led here is the one worth telling.
    }
  }

  private static void removeQuietly(Path begun) {
    try {
      Files.deleteIfExists(begun);
    } catch (IOException _) {
      // The fault that led here is the one worth telling.
    }
  }

  private static NodeFailure unusable(Path file, SqlFailure.Fault fault, Exception cause) {
    var sentence =
        switch (fault) {
          case DAMAGED ->
              "The store %s is damaged or not a Quorate store; restore it from a backup (quorate restore FILE)";
          case FULL -> "The disk is full: the store %s cannot be opened until there is space";
          case READ_ONLY ->
              "The store %s cannot be written; check the file system and the permissions";
          case DISK -> "The disk failed on the store %s (%s)";
          case OTHER -> "The store %s cannot be opened (%s)";
        };
    return new NodeFailure(sentence.formatted(file, cause.getMessage()), cause);
  }

  private static String epoch(Statements sql) {
    sql.run("INSERT OR IGNORE INTO facts (name, value) VALUES ('epoch', ?)", newEpoch());
    return sql.one("SELECT value FROM facts WHERE name = 'epoch'", row -> row.getString(1))
        .orElseThrow();
  }

  static String newEpoch() {
    return UUID.randomUUID().toString().replace("-", "").substring(0, 16);
  }

  @Override
  public String nodeId() {
    return nodeId;
  }

  @Override
  public String epoch() {
    return epoch;
  }

  @Override
  public <T> Committed<T> write(Mutation<T> mutation) {
    return writer.write(mutation);
  }

  @Override
  public <T> T read(Reading<T> reading) {
    return readers.read(reading);
  }

  @Override
  public long committedSequence() {
    return writer.committed();
  }

  @Override
  public long owedSequence() {
    return writer.owed();
  }

  @Override
  public void onCommit(LongConsumer listener) {
    writer.onCommit(listener);
  }

  @Override
  public void onNotice(Runnable listener) {
    writer.onNotice(listener);
  }

  @Override
  public void backupTo(Path target) {
    if (Files.exists(target)) {
      throw new RequestFailure.StorageRefused(
          "the backup could not be written: %s exists already".formatted(target));
    }
    try (var connection = Connections.reader(file);
        var statement = connection.prepareStatement("VACUUM INTO ?")) {
      statement.setString(1, target.toString());
      statement.execute();
    } catch (SQLException e) {
      removeQuietly(target);
      throw new RequestFailure.StorageRefused("the backup could not be written: " + e.getMessage());
    }
  }

  @Override
  public void close() {
    readers.close();
    writer.close();
  }
}
