package dev.quorate.store.sqlite;

import dev.quorate.store.TablesContract;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

class SqliteTablesTest extends TablesContract {
  private final List<Connection> connections = new ArrayList<>();

  @Override
  protected Opened open() {
    try {
      var connection = DriverManager.getConnection("jdbc:sqlite::memory:");
      connections.add(connection);
      Schema.migrate(connection);
      var sql = new Statements(connection);
      var tables =
          new SqliteTables(
              sql, new Sequence(0), new DigestTally(sql), TablesContract.REPLACED_VERSIONS_MAX);
      return new Opened(tables, () -> TablesState.of(sql, tables));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @AfterEach
  void closeConnections() throws SQLException {
    for (var connection : connections) connection.close();
  }
}
