package dev.quorate.store.sqlite;

import dev.quorate.failure.NodeFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// The versions of the tables. A store of an older version is brought up to date when it is opened,
/// in one transaction; one that is newer than this program is refused.
final class Schema {
  static final int VERSION = 7;

  /// Marks the file as a Quorate store ("QRT1").
  private static final int APPLICATION_ID = 0x51525431;

  private Schema() {}

  /// Refuses a database that is not for this program to open. Changes nothing.
  static void check(Connection connection, Path file) throws SQLException {
    var version = pragma(connection, "user_version");
    var application = pragma(connection, "application_id");
    if (application != APPLICATION_ID && (application != 0 || version != 0 || used(connection))) {
      throw new NodeFailure(file + " is a database of another program, not a Quorate store");
    }
    if (version > VERSION) {
      throw new NodeFailure(
          "The store %s has schema version %d, newer than %d, the newest this program knows: use the program that wrote it, or a newer one"
              .formatted(file, version, VERSION));
    }
  }

  static void migrate(Connection connection) throws SQLException {
    migrate(connection, VERSION);
  }

  /// Brings a store to a version, which may be one that an older program knew as the newest.
  static void migrate(Connection connection, int wanted) throws SQLException {
    var version = pragma(connection, "user_version");
    if (version == wanted) return;
    try (var statement = connection.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      for (var next = version + 1; next <= wanted; next++) {
        for (var command : commands(next)) statement.execute(command);
      }
      statement.execute("PRAGMA application_id = " + APPLICATION_ID);
      statement.execute("PRAGMA user_version = " + wanted);
      statement.execute("COMMIT");
    }
  }

  private static int pragma(Connection connection, String name) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery("PRAGMA " + name)) {
      return row.getInt(1);
    }
  }

  private static boolean used(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery("SELECT count(*) FROM sqlite_schema")) {
      return row.getInt(1) > 0;
    }
  }

  private static List<String> commands(int version) {
    var name = "schema-" + version + ".sql";
    try (var in = Schema.class.getResourceAsStream(name)) {
      if (in == null) throw new IllegalStateException("no resource " + name);
      var script =
          new String(in.readAllBytes(), StandardCharsets.UTF_8).replaceAll("(?m)^--.*$", "");
      var commands = new ArrayList<String>();
      for (var command : script.split(";\\s*\n", -1)) {
        if (!command.isBlank()) commands.add(command.strip());
      }
      return commands;
    } catch (IOException e) {
      throw new IllegalStateException("cannot read resource " + name, e);
    }
  }
}
