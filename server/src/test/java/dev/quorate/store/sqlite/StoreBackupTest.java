package dev.quorate.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quorate.failure.RequestFailure.StorageRefused;
import dev.quorate.memory.AnyMemory;
import dev.quorate.memory.Memory;
import dev.quorate.merge.Register;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class StoreBackupTest {
  @TempDir private Path directory;
  private SqliteStore store;

  @BeforeEach
  void open() {
    store =
        SqliteStore.open(
            directory.resolve("data"), "n1", StoreOptions.readers(2), InstantSource.system());
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void aBackupTakenWhileWritesGoOnIsOneConsistentStore() throws Exception {
    var stop = new AtomicBoolean();
    var written = new AtomicInteger();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var writers = new ArrayList<Future<?>>();
      for (var thread = 0; thread < 4; thread++) {
        var prefix = "m%d-".formatted(thread);
        writers.add(
            threads.submit(() -> {
              for (var i = 0; !stop.get(); i++) {
                var id = prefix + i;
                store.write(
                    t -> t.save(memory(id + "-left")).equals(t.save(memory(id + "-right"))));
                written.incrementAndGet();
              }
            }));
      }
      for (var backup = 1; backup <= 3; backup++) {
        var before = written.get();
        Await.until("more was written", () -> written.get() > before + 50);
        long acknowledged = 2L * written.get();
        var copy = directory.resolve("backup-" + backup);
        Files.createDirectory(copy);
        store.backupTo(copy.resolve(SqliteStore.FILE_NAME));
        assertPairsAreWhole(copy, acknowledged);
      }
      stop.set(true);
      for (var writer : writers) writer.get();
    }
  }

  private void assertPairsAreWhole(Path copy, long countMin) {
    var file = copy.resolve(SqliteStore.FILE_NAME);
    StoreFile.check(file);
    try (var restored =
        SqliteStore.open(copy, "n1", StoreOptions.readers(1), InstantSource.system())) {
      assertThat(restored.epoch()).isEqualTo(store.epoch());
      var ids = new ArrayList<String>();
      restored.read(s -> {
        s.forEachLive(memory -> ids.add(memory.id()));
        return ids.size();
      });
      assertThat(ids).hasSizeGreaterThanOrEqualTo((int) countMin);
      for (var id : ids) {
        var other = id.endsWith("-left") ? "-right" : "-left";
        assertThat(ids).contains(id.substring(0, id.lastIndexOf('-')) + other);
      }
      var changes = restored.read(s -> s.changes().after(0, Integer.MAX_VALUE));
      assertThat(changes).hasSameSizeAs(ids);
      assertThat(changes.getLast().sequence()).isEqualTo(restored.committedSequence());
    }
    assertThat(Stored.registers(file)).allMatch(Register::intact);
  }

  @Test
  void aBackupNeverReplacesAFile() throws Exception {
    store.write(t -> t.save(memory("m1")));
    var target = Files.writeString(directory.resolve("precious"), "mine");
    assertThatThrownBy(() -> store.backupTo(target))
        .isInstanceOf(StorageRefused.class)
        .hasMessage("the backup could not be written: %s exists already".formatted(target));
    assertThat(target).hasContent("mine");
  }

  @Test
  void aBackupThatCannotBeWrittenIsRefusedInOneSentence() {
    var target = directory.resolve("nowhere/backup");
    assertThatThrownBy(() -> store.backupTo(target))
        .isInstanceOf(StorageRefused.class)
        .hasMessageStartingWith("the backup could not be written: ");
    assertThat(target).doesNotExist();
    store.write(t -> t.save(memory("m1")));
  }

  private static Memory memory(String id) {
    return AnyMemory.plain(id, "title of " + id, "words ".repeat(20), Instant.EPOCH);
  }
}
