package dev.quorate.acceptance;

import static dev.quorate.acceptance.NodeTest.MEMORIES;
import static dev.quorate.acceptance.NodeTest.answered;
import static dev.quorate.acceptance.NodeTest.memory;
import static dev.quorate.acceptance.NodeTest.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.json.Json;
import dev.quorate.testkit.Client;
import dev.quorate.testkit.TestNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// A node that is started on the store of an older program answers as one that always had the
/// present one.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OlderStoreTest {
  private static final String STORE = "quorate.db";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 6})
  void whatAnOlderProgramStoredIsServed(int version) throws Exception {
    var present = folder.resolve("present");
    Map<String, JsonNode> expected;
    try (var node = start(present)) {
      fill(node.client());
      expected = answers(node.client());
    }
    var older = Files.createDirectories(folder.resolve("older"));
    copy(present.resolve(STORE), older.resolve(STORE), version);
    try (var node = start(older)) {
      var answers = answers(node.client());
      if (version < 4) {
        // It had no subscriptions.
        var none = Json.object().put("count", 0);
        none.putArray("subscriptions");
        expected.put("/api/v1/subscriptions", none);
      }
      assertThat(answers).isEqualTo(expected);
      answered(201, node.client().post(MEMORIES, memory("Written by the new one", "words")));
    }
  }

  private static TestNode start(Path data) {
    return TestNode.start(data, usual -> usual.withNodeId("n1"));
  }

  private static void fill(Client client) {
    var fixture = Fixture.fill(client);
    ok(client.delete(fixture.named(Call.of("DELETE", MEMORIES + "/twin-2")).target()));
    ok(client.put(MEMORIES + "/beta", Json.object().put("content", "other words")));
    for (var alias : List.of("Countess", "AAL")) {
      var entity = Json.object().put("canonical_name", "Ada").put("namespace", "people");
      entity.putArray("aliases").add(alias);
      client.post("/api/v1/entities", entity);
    }
    var topic = memory("Pole", "north");
    topic.putObject("metadata").put("topic", "poles");
    answered(201, client.post(MEMORIES, topic));
    var link = Json.object().put("source_id", "beta").put("target_id", "delta");
    link.put("valid_from", "2020-01-01T00:00:00Z").put("relation", "supersedes");
    answered(201, client.post("/api/v1/links", link));
  }

  private static Map<String, JsonNode> answers(Client client) {
    var answers = new LinkedHashMap<String, JsonNode>();
    for (var path :
        List.of(
            MEMORIES + "?limit=1000",
            MEMORIES + "/beta",
            MEMORIES + "/beta/history",
            "/api/v1/links/beta",
            "/api/v1/archive",
            "/api/v1/kg/timeline?source_id=beta",
            "/api/v1/entities/by_alias?alias=Countess",
            "/api/v1/entities/by_alias?alias=AAL",
            "/api/v1/contradictions?topic=poles",
            "/api/v1/namespaces",
            "/api/v1/pending",
            "/api/v1/subscriptions",
            "/api/v1/taxonomy")) {
      answers.put(path, ok(client.get(path)));
    }
    // Their scores depend on the time of asking.
    var found = Json.mapper().createArrayNode();
    for (var one : ok(client.get("/api/v1/search?q=words")).get("results"))
      found.add(one.get("id"));
    assertThat(found).isNotEmpty();
    answers.put("found", found);
    for (var id : List.of("twin-2", "nobody")) {
      answers.put(id, answered(404, client.get(MEMORIES + "/" + id)));
    }
    return answers;
  }

  /// Runs what older programs ran to make their tables, and fills these by what the present ones
  /// hold of them.
  private static void copy(Path from, Path to, int version) throws SQLException, IOException {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + to);
        var statement = connection.createStatement()) {
      for (var number = 1; number <= version; number++) {
        statement.executeUpdate(script(number));
      }
      statement.execute("PRAGMA application_id = " + 0x51525431);
      statement.execute("PRAGMA user_version = " + version);
      statement.execute("ATTACH '%s' AS present".formatted(from));
      for (var table :
          texts(connection, "SELECT name FROM main.sqlite_schema WHERE type = 'table'")) {
        var columns =
            String.join(
                ",",
                texts(connection, "SELECT name FROM pragma_table_info('%s')".formatted(table)));
        statement.execute(
            "INSERT INTO main.%s (%s) SELECT %s FROM present.%s"
                .formatted(table, columns, columns, table));
      }
    }
  }

  private static String script(int number) throws IOException {
    var name = "/dev/quorate/store/sqlite/schema-%d.sql".formatted(number);
    try (var in = OlderStoreTest.class.getResourceAsStream(name)) {
      if (in == null) throw new AssertionError("no resource " + name);
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static List<String> texts(Connection connection, String query) throws SQLException {
    var texts = new ArrayList<String>();
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      while (rows.next()) texts.add(rows.getString(1));
    }
    return texts;
  }
}
