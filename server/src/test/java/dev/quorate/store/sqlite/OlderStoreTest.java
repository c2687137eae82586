package dev.quorate.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.memory.AnyMemory;
import dev.quorate.memory.Body;
import dev.quorate.memory.Link;
import dev.quorate.memory.Memory;
import dev.quorate.memory.Relation;
import dev.quorate.merge.ContentRegister;
import dev.quorate.merge.Lane;
import dev.quorate.merge.Seen;
import dev.quorate.merge.SubscriptionRegister;
import dev.quorate.seeds.Chance;
import dev.quorate.store.LinkQuery;
import dev.quorate.store.LinkQuery.Direction;
import dev.quorate.store.Origin;
import dev.quorate.store.ReplicaSnapshot;
import dev.quorate.store.StoredMemory;
import dev.quorate.store.Transaction;
import dev.quorate.store.Version;
import dev.quorate.store.World;
import dev.quorate.subscriptions.SigningKey;
import dev.quorate.subscriptions.Subscription;
import dev.quorate.time.Stamp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A filled store of every older schema, opened by this program, becomes the store that this
/// program would have written.
@Timeout(60)
class OlderStoreTest {
  private static final Instant CREATED = Instant.parse("2025-06-01T00:00:00.5Z");
  private static final Origin ELSEWHERE = new Origin("n9", "e9", 1);

  /// What a node notes for itself, which no mutation of this test brings about.
  private static final List<String> NOTED =
      List.of(
          "INSERT INTO accesses VALUES ('ada', 3, 77)",
          "INSERT INTO outcomes VALUES ('k', 'h', 201, '{}', 5, 1)",
          "INSERT INTO outcome_memories VALUES ('ada', 'k')",
          "INSERT INTO nonces VALUES ('n2', 'window', '9')",
          "INSERT INTO quarantine VALUES ('n2', 0, 'ada', 'no room', 8, 7)",
          "INSERT INTO pushed VALUES ('n2', 'e2', 4)",
          "INSERT INTO pulled VALUES ('n3', 'e3', 5)",
          "INSERT OR REPLACE INTO holdings VALUES ('n4', 'e4', 6)");

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"1,7", "1,8", "2,9", "2,10", "3,11", "3,12", "4,13", "4,14", "5,15", "6,16"})
  void aStoreOfAnOlderSchemaBecomesTheOneThatThisProgramWouldHaveWritten(int version, long seed)
      throws Exception {
    var world = new World(new Chance(seed));
    var now = InstantSource.fixed(Instant.ofEpochMilli(world.endMillis()));
    var whole = folder.resolve("whole");
    fill(whole, world, version, now);
    var older = folder.resolve("older");
    copy(whole, older, version);
    assertThat(version(older)).isEqualTo(version);
    SqliteStore.open(older, "n1", StoreOptions.readers(2), now).close();

    assertThat(version(older)).isEqualTo(Schema.VERSION);
    var expected = dump(whole);
    assertThat(expected.get("contents")).hasSizeGreaterThan(4);
    assertThat(expected.get("entity_names")).anyMatch(row -> row.startsWith("Lost|"));
    if (version < 5) {
      // Nothing was on its way to subscribers where there were none.
      for (var table : List.of("notices", "notice_counts", "sqlite_sequence")) {
        expected.put(table, List.of());
      }
    }
    var made = dump(older);
    assertThat(made.keySet()).isEqualTo(expected.keySet());
    expected.forEach((table, rows) -> assertThat(made.get(table)).as(table).isEqualTo(rows));
    try (var store = SqliteStore.open(older, "n1", StoreOptions.readers(2), now);
        var same = SqliteStore.open(whole, "n1", StoreOptions.readers(2), now)) {
      assertThat(store.look(ReplicaSnapshot::digest)).isEqualTo(same.look(ReplicaSnapshot::digest));
      assertServes(store);
    }
  }

  @ParameterizedTest
  @CsvSource({"1,x{", "1,{}", "2,x{", "2,{}", "3,x{", "4,{}"})
  void aDamagedBodyKeepsNoOlderStoreFromBeingOpened(int version, String body) throws Exception {
    var world = new World(new Chance(15));
    var now = InstantSource.fixed(Instant.ofEpochMilli(world.endMillis()));
    var whole = folder.resolve("whole");
    fill(whole, world, version, now);
    var older = folder.resolve("older");
    copy(whole, older, version);
    try (var connection = open(older);
        var statement = connection.createStatement()) {
      statement.execute("UPDATE contents SET body = '%s' WHERE id = 'poles'".formatted(body));
      statement.execute("UPDATE links SET body = '%s' WHERE target = 'poles'".formatted(body));
      statement.execute("UPDATE history SET body = '%s' WHERE id = 'rule'".formatted(body));
    }
    try (var store = SqliteStore.open(older, "n1", StoreOptions.readers(2), now)) {
      assertThat(ids(store.read(snapshot -> snapshot.entitiesNamed("Lost", 10)))).contains("ada");
    }
  }

  private static void assertServes(SqliteStore store) {
    var page = new LinkQuery("ada", Direction.FROM, null, null, null, 0, 10);
    List<String> targets =
        store.read(snapshot -> snapshot.links().page(page)).links().stream()
            .map(stored -> stored.link().targetId())
            .toList();
    assertThat(targets).containsExactly("poles", "rule");
    for (var name : List.of("Ada", "Lady", "Countess", "Lost")) {
      assertThat(ids(store.read(snapshot -> snapshot.entitiesNamed(name, 10)))).contains("ada");
    }
    assertThat(ids(store.read(snapshot -> snapshot.aboutTopic("pole", null, 10))))
        .containsExactly("poles");
    List<Version> history = store.read(snapshot -> snapshot.history("ada"));
    assertThat(history).hasSize(2);
    store.write(transaction -> transaction.save(memory("new", "New", "{}")));
    Optional<StoredMemory> added = store.read(snapshot -> snapshot.memory("new"));
    assertThat(added).isPresent();
  }

  private static List<String> ids(List<StoredMemory> memories) {
    return memories.stream().map(StoredMemory::id).toList();
  }

  private static Memory memory(String id, String title, String metadata) {
    return AnyMemory.plain(id, title, "words of " + id, CREATED).withMetadata(metadata);
  }

  private static String entity(String alias) {
    return "{\"aliases\":[\"%s\"],\"kind\":\"entity\"}".formatted(alias);
  }

  private static void fill(Path directory, World world, int version, InstantSource now)
      throws SQLException {
    try (var store = SqliteStore.open(directory, "n1", StoreOptions.readers(2), now)) {
      store.replicate(transaction -> {
        for (var register : world.changes()) {
          // Those of a world are not as a node writes them.
          if (register.lane() == Lane.SUBSCRIPTION || register.lane() == Lane.LINK) continue;
          transaction.receive(register, ELSEWHERE, null);
        }
        return true;
      });
      if (version >= 4) store.write(OlderStoreTest::subscribe);
      store.write(transaction -> {
        transaction.save(memory("ada", "Ada", entity("Countess")));
        transaction.save(memory("rule", "Rule", "{}"));
        transaction.save(memory("poles", "Poles", "{\"topic\":\"pole\"}"));
        transaction.save(memory("gone", "Gone", entity("Nobody")));
        transaction.link(link("rule", null));
        transaction.link(link("poles", Instant.parse("2020-01-01T00:00:00Z")));
        return true;
      });
      store.write(transaction -> {
        transaction.link(link("gone", null));
        transaction.unlink("ada", "gone", "related_to");
        transaction.delete("gone", null);
        transaction.save(memory("rule", "Rule", "{\"topic\":\"rules\"}"));
        transaction.save(memory("ada", "Ada", entity("Lady")));
        return true;
      });
      // Another node named it otherwise at the same time, and loses.
      var body = Body.write(memory("ada", "Ada", entity("Lost")));
      var lost = ContentRegister.of("ada", Stamp.at(CREATED, "n9"), Seen.NOTHING, body);
      store.replicate(transaction -> transaction.receive(lost, ELSEWHERE, null));
    }
    try (var connection = open(directory);
        var statement = connection.createStatement()) {
      for (var row : NOTED) statement.execute(row);
      if (version > 1) statement.execute("INSERT INTO shown_to_guests VALUES ('guest', 'ada')");
    }
  }

  private static boolean subscribe(Transaction transaction) {
    var key = SigningKey.ofSecret("hush");
    var stamp = transaction.stamp();
    var url = "https://example.org/";
    var subscription =
        new Subscription(url, "*", null, null, null, null, "ann", stamp.instant(), key);
    transaction.merge(SubscriptionRegister.of("s2", stamp, ""));
    return transaction.merge(SubscriptionRegister.of("s1", stamp, subscription.body()));
  }

  private static Link link(String target, @Nullable Instant from) {
    var begins = from == null ? CREATED : from;
    return new Link("ada", target, Relation.RELATED_TO, CREATED, begins, null, null, null);
  }

  /// Makes a store of an older schema of what a present one holds of it.
  private static void copy(Path from, Path to, int version) throws SQLException, IOException {
    Files.createDirectories(to);
    try (var connection = open(to)) {
      Schema.migrate(connection, version);
      try (var statement = connection.createStatement()) {
        statement.execute("ATTACH '%s' AS whole".formatted(from.resolve(SqliteStore.FILE_NAME)));
        for (var table : tables(connection)) {
          var columns = new ArrayList<String>();
          try (var rows = statement.executeQuery("PRAGMA main.table_info(" + table + ")")) {
            while (rows.next()) columns.add(rows.getString("name"));
          }
          var list = String.join(",", columns);
          // SQLite itself has counted the rows that were copied before.
          statement.execute("DELETE FROM main." + table);
          statement.execute(
              "INSERT INTO main.%s (%s) SELECT %s FROM whole.%s"
                  .formatted(table, list, list, table));
        }
      }
    }
  }

  private static Map<String, List<String>> dump(Path directory) throws SQLException {
    var dump = new TreeMap<String, List<String>>();
    try (var connection = open(directory);
        var statement = connection.createStatement()) {
      for (var table : tables(connection)) {
        var lines = new ArrayList<String>();
        try (var rows = statement.executeQuery("SELECT * FROM " + table)) {
          var columns = rows.getMetaData().getColumnCount();
          while (rows.next()) {
            var line = new StringBuilder();
            for (var column = 1; column <= columns; column++) {
              line.append(rows.getString(column)).append('|');
            }
            lines.add(line.toString());
          }
        }
        lines.sort(null);
        dump.put(table, lines);
      }
    }
    return dump;
  }

  private static List<String> tables(Connection connection) throws SQLException {
    var tables = new ArrayList<String>();
    try (var statement = connection.createStatement();
        var rows =
            statement.executeQuery("SELECT name FROM main.sqlite_schema WHERE type = 'table'")) {
      while (rows.next()) tables.add(rows.getString(1));
    }
    return tables;
  }

  private static int version(Path directory) throws SQLException {
    try (var connection = open(directory);
        var statement = connection.createStatement();
        var row = statement.executeQuery("PRAGMA user_version")) {
      return row.getInt(1);
    }
  }

  private static Connection open(Path directory) throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + directory.resolve(SqliteStore.FILE_NAME));
  }
}
