package dev.quorate.cli;

import dev.quorate.store.sqlite.SqliteStore;
import dev.quorate.store.sqlite.StoreFile;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.Optional;

/// Puts a backup in the place of a stopped node's store. Wherever this is cut off, the directory
/// has either the former store or the new one under the store's name, whole.
final class Restoring {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final Path directory;
  private final Path store;
  private final InstantSource wallClock;

  Restoring(Path directory, InstantSource wallClock) {
    this.directory = directory;
    this.store = directory.resolve(SqliteStore.FILE_NAME);
    this.wallClock = wallClock;
  }

  /// Restores. Returns the name under which a former store is kept, if there was one.
  ///
  /// @param replace whether a store that is there may be replaced
  Optional<Path> restore(Path backup, boolean replace) throws IOException {
    if (!Files.isRegularFile(backup)) throw new NoSuchFileException(backup.toString());
    if (Files.exists(beside(backup, "-wal"))) {
      throw CommandFailure.failed(
          "%s has a log beside it, so it is a store in use and not a backup".formatted(backup));
    }
    Files.createDirectories(directory);
    try (var _ = DataLock.take(directory, "restoring")) {
      if (Files.exists(store) && !replace) {
        throw CommandFailure.failed(
            "%s exists; --force replaces it and keeps it under another name".formatted(store));
      }
      StoreFile.check(backup);
      return install(backup);
    }
  }

  private Optional<Path> install(Path backup) throws IOException {
    var fresh = directory.resolve(SqliteStore.FILE_NAME + ".restoring");
    try {
      try (var in = Files.newInputStream(backup)) {
        WholeFile.copy(in, fresh);
      }
      StoreFile.renewEpoch(fresh);
      StoreFile.check(fresh);
      // The index belongs to the former store; it is rebuilt whenever it is missing.
      deleteTree(directory.resolve("search"));
      var kept = keep();
      WholeFile.move(fresh, store);
      return kept;
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  /// Gives the former store a second name and takes its log away from the first one: a log beside
  /// another store than its own would destroy that.
  private Optional<Path> keep() throws IOException {
    var log = beside(store, "-wal");
    if (!Files.exists(store)) {
      Files.deleteIfExists(log);
      Files.deleteIfExists(beside(store, "-shm"));
      return Optional.empty();
    }
    var kept = beside(store, ".replaced-" + TIME.format(wallClock.instant()));
    var keptLog = beside(kept, "-wal");
    // The log gets its second name first: the engine may throw away one that it cannot read.
    if (Files.exists(log)) nameAgain(log, keptLog);
    if (StoreFile.foldLog(store)) Files.deleteIfExists(keptLog);
    Files.deleteIfExists(log);
    Files.deleteIfExists(beside(store, "-shm"));
    nameAgain(store, kept);
    return Optional.of(kept);
  }

  private static void nameAgain(Path file, Path name) throws IOException {
    try {
      Files.createLink(name, file);
    } catch (UnsupportedOperationException | FileSystemException _) {
      // Not every file system has second names.
      Files.copy(file, name);
    }
  }

  private static Path beside(Path file, String ending) {
    return file.resolveSibling(file.getFileName() + ending);
  }

  private static void deleteTree(Path folder) throws IOException {
    if (!Files.exists(folder)) return;
    try (var entries = Files.walk(folder)) {
      for (var entry : entries.sorted(Comparator.reverseOrder()).toList()) Files.delete(entry);
    }
  }
}
