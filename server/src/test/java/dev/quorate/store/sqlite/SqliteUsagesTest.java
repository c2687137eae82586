package dev.quorate.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
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
  @TempDir Path directory;

  private void open(boolean countsByAgent) {
    SqliteStore.open(directory, "n1", 1, 20, countsByAgent, InstantSource.system()).close();
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
  void theIndexesGoWhenQuotasAreTurnedOff() throws SQLException {
    open(false);
    assertThat(indexes()).isEmpty();
    open(true);
    assertThat(indexes()).containsExactly("contents_by_agent", "links_by_agent");
    open(false);
    assertThat(indexes()).isEmpty();
  }
}
