package dev.quorate.store.sqlite;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quorate.store.Store.Mutation;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The one thread that writes, when nothing can be written or read any more.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WriterTest {
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
}
