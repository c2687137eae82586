package dev.quorate.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quorate.failure.NodeFailure;
import dev.quorate.memory.AnyMemory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A disk that is full, that may not be written, or that fails.
@Timeout(120)
class FullDiskTest {
  private static final String FULL =
      "R the disk is full: nothing of this write was kept; free some space and retry";

  @TempDir private Path directory;
  @TempDir private Path scratch;

  @Test
  void aFullDiskRefusesWritesInOneSentenceAndLosesNothingThatWasAnswered() {
    var disk = SmallDisk.available(directory);
    System.out.println("FullDiskTest has a small disk " + disk);
    switch (disk) {
      case AS_ROOT, IN_A_NAMESPACE -> onASmallFileSystem(disk);
      case BY_A_LIMIT_TO_FILES -> whenFilesCannotGrow();
    }
  }

  private void onASmallFileSystem(SmallDisk disk) {
    var filling = child("freeing space");
    try (var child = ChildProcess.start(disk.mounting(directory, filling, child("open only")))) {
      var said = child.rest();
      var told = said.stream().filter(line -> !line.startsWith("S ")).toList();
      assertThat(child.exitCode()).as(told.toString()).isZero();
      assertThat(said.size() - told.size()).as("writes answered").isGreaterThan(50);
      assertThat(told.subList(0, 11))
          .containsExactly(
              FULL, FULL, FULL, FULL, FULL, "> writes go on", FULL, FULL, FULL, FULL, FULL);
      assertThat(told.get(11))
          .as("opening while it is full")
          .isIn(
              "> opened",
              "R The disk is full: the store %s cannot be opened until there is space"
                  .formatted(directory.resolve(SqliteStore.FILE_NAME)));
      assertThat(told.get(12)).isEqualTo("> all is kept");
      assertThat(told.get(13))
          .as("opening on a read-only file system")
          .isEqualTo(
              "R The store %s cannot be written; check the file system and the permissions"
                  .formatted(directory.resolve(SqliteStore.FILE_NAME)));
      assertThat(told).hasSize(14);
    }
  }

  @Test
  void aFileThatCannotGrowRefusesWritesInOneSentenceAndLosesNothingThatWasAnswered() {
    whenFilesCannotGrow();
  }

  private void whenFilesCannotGrow() {
    var acknowledged = new Acknowledged();
    var command = SmallDisk.BY_A_LIMIT_TO_FILES.limiting(child("once"));
    try (var child = ChildProcess.start(command)) {
      var said = child.rest();
      var refusals = said.stream().filter(line -> line.startsWith("R ")).toList();
      assertThat(child.exitCode()).as(refusals.toString()).isZero();
      assertThat(refusals).hasSize(5).allMatch(line -> line.startsWith("R the disk "));
      acknowledged.hear(said.stream().filter(line -> line.startsWith("S ")).toList());
    }
    assertThat(acknowledged.count()).isGreaterThan(50);
    try (var store =
        SqliteStore.open(directory, "n1", StoreOptions.readers(1), InstantSource.system())) {
      acknowledged.assertKept(store);
      store.write(t -> t.save(AnyMemory.plain("more", "more", "words", Instant.EPOCH)));
    }
  }

  @Test
  void aDirectoryThatCannotBeWrittenIsRefusedInOneSentence() throws Exception {
    var disk = SmallDisk.available(directory);
    switch (disk) {
      case AS_ROOT, IN_A_NAMESPACE -> {
        var command = disk.mounting(directory, List.of("true"), child("open only"));
        try (var child = ChildProcess.start(command)) {
          assertThat(child.rest()).containsExactly("R " + cannotBeWritten());
          assertThat(child.exitCode()).isZero();
        }
      }
      case BY_A_LIMIT_TO_FILES -> {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("r-x------"));
        assertThatThrownBy(() ->
                SqliteStore.open(directory, "n1", StoreOptions.readers(1), InstantSource.system()))
            .isInstanceOf(NodeFailure.class)
            .hasMessage(cannotBeWritten());
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
      }
    }
  }

  private String cannotBeWritten() {
    return "The store %s cannot be written; check the file system and the permissions"
        .formatted(directory.resolve(SqliteStore.FILE_NAME));
  }

  private List<String> child(String work) {
    return ChildProcess.command(scratch, FillingTheDisk.class, directory.toString(), work);
  }
}
