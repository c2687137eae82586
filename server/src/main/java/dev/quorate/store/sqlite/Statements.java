package dev.quorate.store.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// One connection with every statement prepared once. Values only ever travel as parameters. Not
/// thread-safe.
final class Statements {
  private final Connection connection;
  private final Map<String, PreparedStatement> prepared = new HashMap<>();

  Statements(Connection connection) {
    this.connection = connection;
  }

  /// Reads one row as a value.
  @FunctionalInterface
  interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  <T> Optional<T> one(String sql, Row<T> row, @Nullable Object... values) {
    try (var rows = bind(sql, values).executeQuery()) {
      return rows.next() ? Optional.of(row.read(rows)) : Optional.empty();
    } catch (SQLException e) {
      throw failed(sql, e);
    }
  }

  <T> List<T> all(String sql, Row<T> row, @Nullable Object... values) {
    var found = new ArrayList<T>();
    each(sql, at -> found.add(row.read(at)), values);
    return found;
  }

  /// The first rows: all that follow the one with which they weigh `max` are left where they are.
  <T> List<T> until(
      long max, ToLongFunction<T> weight, String sql, Row<T> row, @Nullable Object... values) {
    var found = new ArrayList<T>();
    try (var rows = bind(sql, values).executeQuery()) {
      for (var weighs = 0L; weighs < max && rows.next(); ) {
        var next = row.read(rows);
        found.add(next);
        weighs += weight.applyAsLong(next);
      }
    } catch (SQLException e) {
      throw failed(sql, e);
    }
    return found;
  }

  /// Takes one row after another, of which not all are worth keeping.
  @FunctionalInterface
  interface Taking {
    void take(ResultSet row) throws SQLException;
  }

  void each(String sql, Taking taking, @Nullable Object... values) {
    try (var rows = bind(sql, values).executeQuery()) {
      while (rows.next()) taking.take(rows);
    } catch (SQLException e) {
      throw failed(sql, e);
    }
  }

  /// Returns how many rows it changed.
  int run(String sql, @Nullable Object... values) {
    try {
      return bind(sql, values).executeUpdate();
    } catch (SQLException e) {
      throw failed(sql, e);
    }
  }

  /// Runs a statement that answers nothing, such as `BEGIN`.
  void command(String sql) {
    try {
      bind(sql).execute();
    } catch (SQLException e) {
      throw failed(sql, e);
    }
  }

  /// The driver closes some statements that failed; none of them is used again.
  private SqlFailure failed(String sql, SQLException cause) {
    var statement = prepared.remove(sql);
    try {
      if (statement != null) statement.close();
    } catch (SQLException _) {
      // The failure that led here is the one worth telling.
    }
    return new SqlFailure(cause);
  }

  private PreparedStatement bind(String sql, @Nullable Object... values) throws SQLException {
    var statement = prepared.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      prepared.put(sql, statement);
    }
    for (var i = 0; i < values.length; i++) {
      switch (values[i]) {
        case null -> statement.setObject(i + 1, null);
        case String text -> statement.setString(i + 1, text);
        case Long number -> statement.setLong(i + 1, number);
        case Integer number -> statement.setInt(i + 1, number);
        case byte[] bytes -> statement.setBytes(i + 1, bytes);
        case Object other ->
            throw new IllegalArgumentException("not a column type: " + other.getClass());
      }
    }
    return statement;
  }
}
