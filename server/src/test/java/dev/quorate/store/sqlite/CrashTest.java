package dev.quorate.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.merge.Register;
import dev.quorate.seeds.Seeds;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A process that writes under load is killed at any moment, again and again, on one store.
class CrashTest {
  private static final int ROUNDS = 16;
  private static final int LINES_MAX = 3_000;

  @TempDir private Path directory;
  @TempDir private Path scratch;

  @Test
  @Timeout(120)
  void everyAcknowledgedWriteIsThereAfterEveryCrash() {
    var seed = Seeds.one();
    System.out.println("CrashTest runs with -Dseed=" + seed);
    Seeds.check(
        seed,
        chance -> {
          var acknowledged = new Acknowledged();
          var sequence = 0L;
          for (var round = 1; round <= ROUNDS; round++) {
            var before = acknowledged.count();
            var command =
                ChildProcess.command(
                    scratch, WritingUnderLoad.class, directory.toString(), "r" + round);
            try (var child = ChildProcess.start(command)) {
              acknowledged.hear(child.lines(1 + chance.below(LINES_MAX)));
              child.kill();
              acknowledged.hear(child.rest());
              assertThat(child.exitCode()).as("killed, not ended").isEqualTo(128 + 9);
            }
            assertThat(acknowledged.count()).as("round %d", round).isGreaterThan(before);
            try (var store =
                SqliteStore.open(
                    directory, "n1", StoreOptions.readers(1), InstantSource.system())) {
              acknowledged.assertKept(store);
              assertThat(store.committedSequence()).isGreaterThan(sequence);
              sequence = store.committedSequence();
            }
          }
          var file = directory.resolve(SqliteStore.FILE_NAME);
          assertThat(Stored.registers(file)).isNotEmpty().allMatch(Register::intact);
          StoreFile.check(file);
        });
  }
}
