package dev.quorate.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quorate.failure.NodeFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConfig;

class StoreFileTest {
  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void make() {
    open().close();
    file = directory.resolve(SqliteStore.FILE_NAME);
  }

  @Test
  void aSoundStoreIsDescribedAndLeftAlone() throws IOException {
    var before = Files.readAllBytes(file);
    assertThat(StoreFile.check(file))
        .isEqualTo(new StoreFile.Description(Schema.VERSION, Files.size(file)));
    assertThat(file).hasBinaryContent(before);
    assertThat(beside("-wal")).doesNotExist();
    assertThat(beside("-shm")).doesNotExist();
  }

  @Test
  void aNameThatNeedsEscapingIsNoObstacle() throws IOException {
    var odd = Files.copy(file, directory.resolve("a b%20?c#d=é.db"));
    StoreFile.check(odd);
    StoreFile.renewEpoch(odd);
    StoreFile.check(odd);
    assertThat(directory.resolve("a b%20")).doesNotExist();
  }

  @Test
  void whatIsNoStoreIsRefused() throws IOException {
    refused("it does not begin as one", new byte[0]);
    refused("it does not begin as one", "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII));
    refused("it does not begin as one", new byte[8192]);
  }

  @Test
  void theDatabaseOfAnotherProgramIsRefused() throws IOException {
    refused("is a database of another program", with(68, 0x1234));
    refused("is a database of another program", with(60, 0));
  }

  @Test
  void aNewerSchemaIsRefused() throws IOException {
    refused(
        "has schema version %d; the newest this program knows is %d"
            .formatted(Schema.VERSION + 1, Schema.VERSION),
        with(60, Schema.VERSION + 1));
  }

  @Test
  void aFileThatIsCutOffIsRefused() throws IOException {
    var bytes = Files.readAllBytes(file);
    refused(
        "is cut off: it has %d bytes and should have %d".formatted(bytes.length - 1, bytes.length),
        Arrays.copyOf(bytes, bytes.length - 1));
  }

  @Test
  void aDamagedPageIsRefused() throws IOException {
    var bytes = Files.readAllBytes(file);
    Arrays.fill(bytes, bytes.length - 4_096, bytes.length, (byte) 0x5a);
    refused("is damaged: ", bytes);
  }

  @Test
  void aRenewedStoreHasAnotherEpochAndNoLog() {
    var former = epoch();
    StoreFile.renewEpoch(file);
    assertThat(beside("-wal")).doesNotExist();
    assertThat(beside("-journal")).doesNotExist();
    assertThat(epoch()).isNotEqualTo(former).hasSameSizeAs(former);
  }

  @Test
  void aFoldedLogIsInTheFile() throws IOException, SQLException {
    var killed = directory.resolve("killed");
    Files.createDirectory(killed);
    try (var connection = new SQLiteConfig().createConnection("jdbc:sqlite:" + file);
        var statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute("UPDATE facts SET value = 'from-the-log' WHERE name = 'epoch'");
      // A copy while the log is not yet folded is what a kill leaves.
      Files.copy(file, killed.resolve("quorate.db"));
      Files.copy(beside("-wal"), killed.resolve("quorate.db-wal"));
    }
    assertThat(StoreFile.foldLog(killed.resolve("quorate.db"))).isTrue();
    assertThat(killed.resolve("quorate.db-wal")).doesNotExist();
    file = killed.resolve("quorate.db");
    StoreFile.check(file);
    try (var store =
        SqliteStore.open(killed, "n", StoreOptions.readers(1), InstantSource.system())) {
      assertThat(store.epoch()).isEqualTo("from-the-log");
    }
  }

  @Test
  void theLogOfADamagedStoreCannotBeFolded() throws IOException {
    Files.write(file, new byte[] {1, 2, 3});
    assertThat(StoreFile.foldLog(file)).isFalse();
  }

  private void refused(String sentence, byte[] bytes) throws IOException {
    var other = directory.resolve("other.db");
    Files.write(other, bytes);
    assertThatThrownBy(() -> StoreFile.check(other))
        .isInstanceOf(NodeFailure.class)
        .hasMessageContaining(other.toString())
        .hasMessageContaining(sentence)
        .message()
        .hasLineCount(1);
  }

  private byte[] with(int offset, int value) throws IOException {
    return ByteBuffer.wrap(Files.readAllBytes(file)).putInt(offset, value).array();
  }

  private Path beside(String ending) {
    return directory.resolve(SqliteStore.FILE_NAME + ending);
  }

  private String epoch() {
    try (var store = open()) {
      return store.epoch();
    }
  }

  private SqliteStore open() {
    return SqliteStore.open(
        directory, "host:test", StoreOptions.readers(1), InstantSource.system());
  }
}
