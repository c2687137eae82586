package dev.quorate.store.sqlite;

import java.nio.file.Path;
import java.sql.SQLException;

/// All that the tables of a store hold, as text.
final class TableDump {
  private TableDump() {}

  static String of(Path file) {
    try (var connection = Connections.reader(file)) {
      var sql = new Statements(connection);
      var dump = new StringBuilder();
      var tables =
          sql.all("SELECT name FROM sqlite_schema WHERE type = 'table'", row -> row.getString(1));
      for (var table : tables) {
        sql.all(
                "SELECT * FROM " + table,
                row -> {
                  var columns = row.getMetaData().getColumnCount();
                  for (var column = 1; column <= columns; column++) {
                    dump.append(row.getString(column)).append('|');
                  }
                  return dump.append('\n');
                })
            .clear();
      }
      return dump.toString();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
