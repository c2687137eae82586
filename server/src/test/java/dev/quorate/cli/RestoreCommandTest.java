package dev.quorate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.store.sqlite.SqliteStore;
import dev.quorate.store.sqlite.StoreOptions;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestoreCommandTest {
  private final FakeTerminal terminal = new FakeTerminal();

  @TempDir Path directory;
  private Path data;
  private Path backup;
  private String backupEpoch = "";

  @BeforeEach
  void backUp() {
    data = directory.resolve("data");
    backup = directory.resolve("backup.db");
    try (var store = open(directory.resolve("origin"))) {
      store.backupTo(backup);
      backupEpoch = store.epoch();
    }
  }

  @Test
  void aBackupBecomesAStoreWithANewEpoch() {
    assertThat(restore()).isZero();
    assertThat(terminal.out()).isEqualTo("restored %s into %s\n".formatted(backup, data));
    try (var store = open(data)) {
      assertThat(store.epoch()).isNotEqualTo(backupEpoch).hasSameSizeAs(backupEpoch);
    }
    assertThat(backup).exists();
  }

  @Test
  void everyRestoreHasItsOwnEpoch() {
    restore();
    var first = epoch();
    assertThat(restore("--force")).isZero();
    assertThat(epoch()).isNotEqualTo(first).isNotEqualTo(backupEpoch);
  }

  @Test
  void aStoreThatIsThereIsReplacedOnlyByForceAndKept() throws IOException {
    var former = epoch();
    assertThat(restore()).isEqualTo(1);
    assertThat(terminal.err())
        .isEqualTo(
            "quorate: %s exists; --force replaces it and keeps it under another name\n"
                .formatted(data.resolve("quorate.db")));
    assertThat(epoch()).isEqualTo(former);

    assertThat(restore("--force")).isZero();
    assertThat(epoch()).isNotEqualTo(former);
    var kept = kept();
    assertThat(terminal.out()).endsWith("the former store is kept as " + kept + "\n");
    var revived = Files.createDirectory(directory.resolve("revived"));
    Files.move(kept, revived.resolve("quorate.db"));
    try (var store = open(revived)) {
      assertThat(store.epoch()).isEqualTo(former);
    }
  }

  @Test
  void aLogThatIsLeftOverIsKeptWithItsStoreAndNotWithTheNewOne() throws IOException {
    epoch();
    // As after a kill: the log beside a store that no longer reads it.
    Files.write(data.resolve("quorate.db"), new byte[] {1, 2, 3});
    Files.write(data.resolve("quorate.db-wal"), new byte[] {4, 5, 6});
    Files.write(data.resolve("quorate.db-shm"), new byte[] {7});
    assertThat(restore("--force")).isZero();
    assertThat(data.resolve("quorate.db-wal")).doesNotExist();
    assertThat(data.resolve("quorate.db-shm")).doesNotExist();
    assertThat(kept()).hasBinaryContent(new byte[] {1, 2, 3});
    assertThat(Path.of(kept() + "-wal")).hasBinaryContent(new byte[] {4, 5, 6});
    epoch();
  }

  @Test
  void theSearchIndexOfTheFormerStoreGoes() throws IOException {
    Files.createDirectories(data.resolve("search/deep"));
    Files.writeString(data.resolve("search/deep/segment"), "x");
    assertThat(restore()).isZero();
    assertThat(data.resolve("search")).doesNotExist();
  }

  @Test
  void aRunningNodeIsNotDisturbed() throws IOException {
    Files.createDirectories(data);
    try (var lock =
            FileChannel.open(
                data.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var _ = lock.lock()) {
      assertThat(restore("--force")).isEqualTo(1);
    }
    assertThat(terminal.err())
        .isEqualTo("quorate: a node is running on %s; stop it before restoring\n".formatted(data));
    assertThat(data.resolve("quorate.db")).doesNotExist();
    assertThat(restore()).isZero();
  }

  @Test
  void whatIsNoBackupChangesNothing() throws IOException {
    var former = epoch();
    Files.writeString(backup, "{\"memories\":[]}");
    assertThat(restore("--force")).isEqualTo(1);
    assertThat(terminal.err()).contains("is not a Quorate store").hasLineCount(1);
    assertThat(epoch()).isEqualTo(former);
    try (var entries = Files.list(data)) {
      assertThat(entries.map(path -> path.getFileName().toString()))
          .noneMatch(name -> name.contains("restoring") || name.contains("replaced"));
    }
  }

  @Test
  void aStoreInUseIsNoBackup() throws IOException {
    Files.write(Path.of(backup + "-wal"), new byte[] {1});
    assertThat(restore()).isEqualTo(1);
    assertThat(terminal.err()).contains("has a log beside it");
  }

  @Test
  void aFileThatIsNotThereIsOneLine() throws IOException {
    Files.delete(backup);
    assertThat(restore()).isEqualTo(1);
    assertThat(terminal.err()).isEqualTo("quorate: there is no file " + backup + "\n");
  }

  private int restore(String... more) {
    var args = new String[4 + more.length];
    args[0] = "restore";
    args[1] = backup.toString();
    args[2] = "--data";
    args[3] = data.toString();
    System.arraycopy(more, 0, args, 4, more.length);
    return terminal.run(args);
  }

  private String epoch() {
    try (var store = open(data)) {
      return store.epoch();
    }
  }

  private Path kept() throws IOException {
    try (var entries = Files.list(data)) {
      return entries
          .filter(path -> path.toString().matches(".*\\.replaced-[0-9TZ]+"))
          .findFirst()
          .orElseThrow();
    }
  }

  private static SqliteStore open(Path directory) {
    return SqliteStore.open(
        directory, "host:test", StoreOptions.readers(1), InstantSource.system());
  }
}
