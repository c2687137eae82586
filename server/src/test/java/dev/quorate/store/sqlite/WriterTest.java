package dev.quorate.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quorate.memory.AnyMemory;
import dev.quorate.store.Store.Mutation;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The one thread that writes, when nothing can be written or read any more.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WriterTest {
  private static final int WRITES = 2_000;

  @TempDir Path directory;

  @Test
  void everyWriteIsAnsweredThoughTheDiskHasGone() throws SQLException {
    var file = directory.resolve(SqliteStore.FILE_NAME);
    var connection = Connections.writer(file);
    Schema.migrate(connection);
    var checkpointer = new Checkpointer(Connections.writer(file));
    try (var writer = new Writer(connection, checkpointer, "n1", "e1", 1, InstantSource.system())) {
      connection.close();
      Mutation<Boolean> mutation = _ -> true;
      for (var attempt = 0; attempt < 3; attempt++) {
        assertThatThrownBy(() -> writer.write(mutation)).isInstanceOf(SqlFailure.class);
      }
    }
  }

  @Test
  void whoSeesHowFarTheStoreIsSeesWhatItOwes() throws InterruptedException {
    try (var store =
        SqliteStore.open(directory, "n1", StoreOptions.readers(1), InstantSource.system())) {
      var ended = new AtomicBoolean();
      var behind = new AtomicBoolean();
      var looking =
          Thread.ofPlatform()
              .start(() -> {
                // Everything was made here, so all of it is owed.
                while (!ended.get()) {
                  var committed = store.committedSequence();
                  if (store.owedSequence() < committed) behind.set(true);
                }
              });
      for (var number = 0; number < WRITES; number++) {
        var memory = AnyMemory.plain("id" + number, "title " + number, "", Instant.EPOCH);
        store.write(transaction -> transaction.save(memory));
      }
      ended.set(true);
      looking.join();
      assertThat(behind).isFalse();
    }
  }
}
