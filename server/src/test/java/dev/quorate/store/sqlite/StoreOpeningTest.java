package dev.quorate.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quorate.failure.NodeFailure;
import dev.quorate.failure.RequestFailure;
import dev.quorate.memory.AnyMemory;
import dev.quorate.memory.Memory;
import dev.quorate.seeds.Chance;
import dev.quorate.store.Transaction;
import dev.quorate.time.Stamp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What holds from one run of a node to the next, and what is refused at the door.
@Timeout(60)
class StoreOpeningTest {
  private static final int PAGE_BYTES = 4_096;

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir private Path directory;
  private final SettableClock clock = new SettableClock(START);

  @Test
  void theEpochIsThatOfTheStoreAndNotOfTheRun() {
    String first;
    try (var store = open()) {
      first = store.epoch();
      assertThat(first).hasSize(16);
    }
    try (var store = open()) {
      assertThat(store.epoch()).isEqualTo(first);
    }
    try (var other =
        SqliteStore.open(directory.resolve("other"), "n1", StoreOptions.readers(1), clock)) {
      assertThat(other.epoch()).isNotEqualTo(first);
    }
  }

  @Test
  void aSequenceNumberIsNeverUsedTwiceThoughItsRowsAreGone() {
    long last;
    try (var store = open()) {
      for (var i = 0; i < 5; i++) {
        var id = "m" + i;
        store.write(t -> t.save(memory(id)));
      }
      store.write(t -> delete(t, "m4"));
      // The delete has the number 6, and those of the contents are forgotten with them.
      last = store.write(t -> delete(t, "m3")).sequence();
      assertThat(last).isEqualTo(7);
    }
    tamper("DELETE FROM changes WHERE sequence > 3");
    try (var store = open()) {
      assertThat(store.committedSequence()).isEqualTo(last);
      assertThat(store.write(t -> t.save(memory("new"))).sequence()).isEqualTo(last + 1);
      var changes = store.read(s -> s.changes().after(last, 10));
      assertThat(changes).hasSize(1).allMatch(change -> change.key().equals("new"));
    }
  }

  @Test
  void theClockDoesNotGoBackThoughTheWallClockDoes() {
    Stamp before;
    try (var store = open()) {
      store.write(t -> t.save(memory("m1")));
      clock.move(Duration.ofHours(5).toMillis());
      before = store.write(t -> t.stamp()).value();
      clock.set(START.minus(Duration.ofDays(400)));
      var after = store.write(t -> t.save(memory("m2"))).value();
      assertThat(after.isAfter(before)).isTrue();
      before = after;
    }
    try (var store = open()) {
      var after = store.write(t -> t.save(memory("m3"))).value();
      assertThat(after.isAfter(before)).isTrue();
      assertThat(after.millis()).isEqualTo(START.plus(Duration.ofHours(5)).toEpochMilli());
    }
  }

  @Test
  void everyConnectionSyncsEveryCommitAndHoldsForeignKeys() throws Exception {
    open().close();
    var file = directory.resolve(SqliteStore.FILE_NAME);
    try (var writer = Connections.writer(file)) {
      assertThat(pragma(writer, "journal_mode")).isEqualTo("wal");
      assertThat(pragma(writer, "synchronous")).as("2 is FULL").isEqualTo("2");
      assertThat(pragma(writer, "foreign_keys")).isEqualTo("1");
    }
    try (var reader = Connections.reader(file)) {
      assertThat(pragma(reader, "journal_mode")).isEqualTo("wal");
      assertThat(pragma(reader, "foreign_keys")).isEqualTo("1");
      assertThat(pragma(reader, "application_id")).isEqualTo(Integer.toString(0x51525431));
      assertThat(pragma(reader, "user_version")).isEqualTo(Integer.toString(Schema.VERSION));
      assertThat(pragma(reader, "integrity_check")).isEqualTo("ok");
    }
  }

  @Test
  void aReaderCannotWrite() throws Exception {
    open().close();
    try (var reader = Connections.reader(directory.resolve(SqliteStore.FILE_NAME));
        var statement = reader.createStatement()) {
      assertThatThrownBy(() -> statement.execute("DELETE FROM facts"))
          .isInstanceOf(SQLException.class);
    }
  }

  @Test
  void aStoreOfANewerSchemaIsRefusedInOneSentence() {
    open().close();
    tamper("PRAGMA user_version = 99");
    var bytes = bytes();
    assertRefused(
        "The store %s has schema version 99, newer than 7, the newest this program knows: "
            + "use the program that wrote it, or a newer one");
    assertThat(bytes()).isEqualTo(bytes);
  }

  @Test
  void aDatabaseOfAnotherProgramIsRefusedAndLeftAsItIs() {
    for (var mark : new String[] {"application_id = 7", "user_version = 1", "user_version = 99"}) {
      tamper("CREATE TABLE notes (text)", "INSERT INTO notes VALUES ('mine')", "PRAGMA " + mark);
      var bytes = bytes();
      assertRefused("%s is a database of another program, not a Quorate store");
      assertThat(bytes()).as(mark).isEqualTo(bytes);
      tamper("DROP TABLE notes", "PRAGMA application_id = 0", "PRAGMA user_version = 0");
    }
  }

  @Test
  void aDatabaseOfAnotherProgramThatHasNoMarkIsRefusedToo() {
    tamper("CREATE TABLE notes (text)");
    var bytes = bytes();
    assertRefused("%s is a database of another program, not a Quorate store");
    assertThat(bytes()).isEqualTo(bytes);
  }

  @Test
  void aFileOfGarbageIsRefusedAndLeftAsItIs() throws Exception {
    var garbage = new Chance(7).bytes(40_000);
    Files.write(directory.resolve(SqliteStore.FILE_NAME), garbage);
    assertRefused(
        "The store %s is damaged or not a Quorate store; "
            + "restore it from a backup (quorate restore FILE)");
    assertThat(bytes()).isEqualTo(garbage);
  }

  @Test
  void aFileThatIsShorterThanAnyStoreIsRefusedAndLeftAsItIs() throws Exception {
    for (var text : List.of("x", "SQLite format 3\0", "?".repeat(99))) {
      var file = Files.writeString(directory.resolve(SqliteStore.FILE_NAME), text);
      assertThatThrownBy(this::open)
          .isInstanceOf(NodeFailure.class)
          .hasMessageContaining("The store %s is damaged or not a Quorate store".formatted(file));
      assertThat(file).hasContent(text);
    }
  }

  @Test
  void anEmptyFileBecomesAStore() throws Exception {
    Files.createFile(directory.resolve(SqliteStore.FILE_NAME));
    try (var store = open()) {
      store.write(t -> t.save(memory("m1")));
    }
  }

  @Test
  void whatCannotBeADirectoryIsRefusedInOneSentence() throws Exception {
    Files.createFile(directory.resolve("file"));
    assertThatThrownBy(
            () -> SqliteStore.open(directory.resolve("file"), "n1", StoreOptions.readers(1), clock))
        .isInstanceOf(NodeFailure.class)
        .hasMessageStartingWith("Cannot create the data directory ")
        .satisfies(StoreOpeningTest::isOneSentence);
  }

  @Test
  void damageInTheMiddleOfTheFileEndsInOneSentence() throws Exception {
    try (var store = open()) {
      for (var i = 0; i < 300; i++) {
        var id = "m" + i;
        store.write(t -> t.save(memory(id)));
      }
    }
    var file = directory.resolve(SqliteStore.FILE_NAME);
    var damaged = Files.readAllBytes(file);
    var noise = new Chance(7).bytes(damaged.length);
    System.arraycopy(noise, 4_096, damaged, 4_096, damaged.length - 4_096);
    Files.write(file, damaged);
    assertThatThrownBy(this::useAll)
        .isInstanceOfAny(NodeFailure.class, RequestFailure.StorageRefused.class)
        .hasMessageContaining("damaged")
        .hasMessageContaining("backup")
        .satisfies(StoreOpeningTest::isOneSentence);
  }

  @Test
  void aReadThatMeetsDamageEndsInOneSentence() throws Exception {
    try (var store = open()) {
      for (var i = 0; i < 300; i++) {
        var id = "m" + i;
        store.write(t -> t.save(memory(id)));
      }
    }
    var file = directory.resolve(SqliteStore.FILE_NAME);
    var damaged = Files.readAllBytes(file);
    var chance = new Chance(7);
    // Only pages that hold memories, which nothing reads when the store is opened.
    for (var from = 0; from < damaged.length; from += PAGE_BYTES) {
      var page = new String(damaged, from, PAGE_BYTES, StandardCharsets.ISO_8859_1);
      if (!page.contains("\"memory_kind\"")) continue;
      System.arraycopy(chance.bytes(PAGE_BYTES), 0, damaged, from, PAGE_BYTES);
    }
    Files.write(file, damaged);
    try (var store = open()) {
      assertThatThrownBy(() ->
              store.read(s -> {
                s.forEachLive(_ -> {});
                return s.totals();
              }))
          .isInstanceOf(RequestFailure.StorageRefused.class)
          .hasMessage("the store is damaged; stop this node and restore it from a backup");
    }
  }

  private void useAll() {
    try (var store = open()) {
      store.write(t -> t.save(memory("one more")));
      store.read(s -> {
        s.forEachLive(_ -> {});
        return s.totals();
      });
    }
  }

  private void assertRefused(String sentence) {
    var file = directory.resolve(SqliteStore.FILE_NAME);
    assertThatThrownBy(this::open)
        .isInstanceOf(NodeFailure.class)
        .hasMessage(sentence.formatted(file))
        .satisfies(StoreOpeningTest::isOneSentence);
  }

  private static void isOneSentence(Throwable thrown) {
    assertThat(thrown.getMessage()).doesNotContain("\n", "Exception", "null");
  }

  private SqliteStore open() {
    return SqliteStore.open(directory, "n1", StoreOptions.readers(2), clock);
  }

  private byte[] bytes() {
    try {
      return Files.readAllBytes(directory.resolve(SqliteStore.FILE_NAME));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Changes the file behind the program's back.
  private void tamper(String... commands) {
    var url = "jdbc:sqlite:" + directory.resolve(SqliteStore.FILE_NAME);
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      for (var command : commands) statement.execute(command);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String pragma(Connection connection, String name) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery("PRAGMA " + name)) {
      return row.getString(1);
    }
  }

  private static boolean delete(Transaction transaction, String id) {
    transaction.delete(id, null);
    return true;
  }

  private static Memory memory(String id) {
    return AnyMemory.plain(id, "title of " + id, "words ".repeat(50), Instant.EPOCH);
  }
}
