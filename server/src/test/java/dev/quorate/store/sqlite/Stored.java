package dev.quorate.store.sqlite;

import dev.quorate.merge.Register;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/// Every register of a store's file, read past the store.
final class Stored {
  private Stored() {}

  static List<Register> registers(Path file) {
    try (var connection = Connections.reader(file)) {
      var sql = new Statements(connection);
      var tables = new SqliteTables(sql, new Sequence(0), new DigestTally(sql), 0);
      var state = TablesState.of(sql, tables);
      return List.copyOf(state.registers().values());
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
