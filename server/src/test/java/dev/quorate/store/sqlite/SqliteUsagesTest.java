package dev.quorate.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.memory.AnyMemory;
import dev.quorate.memory.Link;
import dev.quorate.memory.Relation;
import dev.quorate.store.Usage;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What counting by agent costs: with quotas two indexes and nothing else is read, without them
/// there is nothing to keep up.
class SqliteUsagesTest {
  private static final String BY_ANN = "{\"agent_id\":\"ai:ann\"}";

  @TempDir Path directory;

  private void open(boolean countsByAgent) {
    SqliteStore.open(
            directory, "n1", new StoreOptions(1, 20, countsByAgent), InstantSource.system())
        .close();
  }

  private List<String> indexes() throws SQLException {
    return look("SELECT name FROM sqlite_schema WHERE name LIKE '%_by_agent' ORDER BY name", 1);
  }

  private List<String> look(String query, int column) throws SQLException {
    var found = new ArrayList<String>();
    try (var connection = Connections.reader(directory.resolve(SqliteStore.FILE_NAME));
        var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      while (rows.next()) found.add(rows.getString(column));
    }
    return found;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {SqliteUsages.MEMORIES_MADE, SqliteUsages.LIVE_BYTES, SqliteUsages.LINKS_MADE})
  void nothingButAnIndexIsReadWhereQuotasAreOn(String query) throws SQLException {
    open(true);
    var plan = look("EXPLAIN QUERY PLAN " + query, 4);
    assertThat(plan).singleElement().asString().contains("COVERING INDEX", "_by_agent");
  }

  @Test
  void whatAnOlderProgramStoredCountsToo() throws SQLException {
    var now = Instant.parse("2026-01-01T12:00:00Z");
    var before = Instant.parse("2026-01-01T00:00:00Z");
    try (var store =
        SqliteStore.open(directory, "n1", StoreOptions.readers(1), InstantSource.fixed(now))) {
      store.write(transaction -> {
        transaction.save(AnyMemory.plain("a", "title", "wörds", now).withMetadata(BY_ANN));
        transaction.save(AnyMemory.plain("b", "other", "words", now));
        transaction.save(AnyMemory.plain("c", "third", "words", now));
        transaction.link(new Link("a", "b", Relation.RELATED_TO, now, now, null, "ai:ann", null));
        transaction.link(new Link("b", "a", Relation.RELATED_TO, now, now, null, null, null));
        return true;
      });
    }
    try (var connection = Connections.writer(directory.resolve(SqliteStore.FILE_NAME));
        var statement = connection.createStatement()) {
      statement.execute("ALTER TABLE contents DROP COLUMN bytes");
      statement.execute("ALTER TABLE links DROP COLUMN agent_id");
      statement.execute("ALTER TABLE links DROP COLUMN created_at");
      // A damaged body is no obstacle, be it JSON or not.
      statement.execute("UPDATE contents SET body = '{}' WHERE id = 'c'");
      statement.execute("UPDATE contents SET body = 'x' || body WHERE id = 'b'");
      statement.execute("PRAGMA user_version = 5");
    }
    var clock = InstantSource.fixed(now);
    try (var store = SqliteStore.open(directory, "n1", new StoreOptions(1, 20, true), clock)) {
      var usage = store.read(snapshot -> snapshot.usages().of("ai:ann", before));
      var bytes = "title".length() + "wörds".length() + 1 + BY_ANN.length();
      assertThat(usage).isEqualTo(new Usage("ai:ann", 1, bytes, 1, now));
    }
  }

  @Test
  void theIndexesGoWhenQuotasAreTurnedOff() throws SQLException {
    open(false);
    assertThat(indexes()).isEmpty();
    open(true);
    assertThat(indexes()).containsExactly("contents_by_agent", "links_by_agent");
    open(false);
    assertThat(indexes()).isEmpty();
  }
}
