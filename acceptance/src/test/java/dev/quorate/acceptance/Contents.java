package dev.quorate.acceptance;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/// Every row that a node keeps, read from its file beside it: what did not change there was not
/// written.
final class Contents implements AutoCloseable {
  private final Connection connection;

  Contents(Path data) throws SQLException {
    connection = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("quorate.db"));
  }

  /// The rows of every table by its name, in the order of their text. The clock is left out, which
  /// goes on whether or not anything is written.
  Map<String, String> read() throws SQLException {
    var tables = new TreeMap<String, String>();
    try (var statement = connection.createStatement();
        var names = statement.executeQuery("SELECT name FROM sqlite_schema WHERE type = 'table'")) {
      while (names.next()) tables.put(names.getString(1), "");
    }
    tables.replaceAll((name, _) -> rows(name));
    return tables;
  }

  private String rows(String table) {
    var where = table.equals("facts") ? " WHERE name <> 'clock'" : "";
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT * FROM " + table + where)) {
      var all = new StringBuilder();
      while (rows.next()) all.append(row(rows)).append('\n');
      return all.toString();
    } catch (SQLException e) {
      throw new AssertionError("table " + table + " cannot be read", e);
    }
  }

  private static String row(ResultSet row) throws SQLException {
    var columns = new Object[row.getMetaData().getColumnCount()];
    for (var i = 0; i < columns.length; i++) {
      var value = row.getObject(i + 1);
      columns[i] = value instanceof byte[] bytes ? Arrays.toString(bytes) : value;
    }
    return Arrays.toString(columns);
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
