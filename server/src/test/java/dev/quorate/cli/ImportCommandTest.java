package dev.quorate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportCommandTest {
  @TempDir Path directory;
  private FakeNode node;
  private FakeTerminal terminal;
  private Path file;

  @BeforeEach
  void start() throws IOException {
    node = new FakeNode();
    terminal = new FakeTerminal().with("QUORATE_URL", node.url());
    file = directory.resolve("memories.jsonl");
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void linesAreSentAndCounted() throws IOException {
    Files.writeString(
        file,
        """
        {"id":"a","title":"A","content":"x"}
        {"id":"b","title":"B","content":"y"}
        {"source_id":"a","target_id":"b","relation":"supersedes"}
        """);
    node.answers(200, "{\"imported\":2,\"errors\":[]}")
        .answers(200, "{\"imported\":0,\"errors\":[]}");
    assertThat(terminal.run("import", file.toString(), "-n", "notes", "--agent", "ai:eve"))
        .isZero();
    assertThat(terminal.out()).isEqualTo("linked 1\nimported 2, 0 errors\n");
    assertThat(terminal.err()).isEmpty();
    var body = Json.parse(node.asked().getFirst().body());
    assertThat(node.asked().getFirst().target()).isEqualTo("/api/v1/import");
    assertThat(body.get("memories")).hasSize(2);
    assertThat(body.get("memories").get(0).get("namespace").asString()).isEqualTo("notes");
    assertThat(body.get("memories").get(0).get("metadata").get("agent_id").asString())
        .isEqualTo("ai:eve");
    assertThat(Json.parse(node.asked().getLast().body()).get("links")).hasSize(1);
  }

  @Test
  void everyErrorIsOneLineWithItsPlace() throws IOException {
    Files.writeString(
        file,
        "{\"id\":\"a\",\"title\":\"A\",\"content\":\"x\"}\nbroken\n{\"id\":\"b\",\"title\":\"B\",\"content\":\"y\"}\n");
    node.answers(
        200, "{\"imported\":1,\"errors\":[\"b: too\\u001b[0m long\"],\"remapped\":{\"a\":\"c\"}}");
    assertThat(terminal.run("import", file.toString())).isEqualTo(1);
    assertThat(terminal.err().lines().toList())
        .hasSize(2)
        .first()
        .asString()
        .startsWith("quorate: line 2 is not JSON");
    assertThat(terminal.err()).endsWith("quorate: line 3: too[0m long\n");
    assertThat(terminal.out())
        .contains("1 came in under another id")
        .endsWith("imported 1, 2 errors\n");
  }

  @Test
  void anOverloadedNodeIsGivenTime() throws IOException {
    Files.writeString(file, "{\"id\":\"a\",\"title\":\"A\",\"content\":\"x\"}\n");
    node.answers(503, "{\"error\":\"overloaded\"}")
        .answers(429, "{\"error\":\"slow\"}")
        .answers(200, "{\"imported\":1,\"errors\":[]}");
    assertThat(terminal.run("import", file.toString())).isZero();
    assertThat(node.asked()).hasSize(3);
  }

  @Test
  void aNodeThatStaysOverloadedEndsTheImport() throws IOException {
    Files.writeString(file, "{\"id\":\"a\",\"title\":\"A\",\"content\":\"x\"}\n");
    node.answers(503, "{\"error\":\"overloaded\"}");
    assertThat(terminal.run("import", file.toString())).isEqualTo(1);
    assertThat(node.asked()).hasSize(10);
    assertThat(terminal.err()).isEqualTo("quorate: overloaded\n");
  }

  @Test
  void aNodeWithoutAKeyForUsEndsTheImport() throws IOException {
    Files.writeString(file, "{\"id\":\"a\",\"title\":\"A\",\"content\":\"x\"}\n");
    node.answers(401, "{\"error\":\"missing or invalid API key\"}");
    assertThat(terminal.run("import", file.toString())).isEqualTo(1);
    assertThat(terminal.err()).hasLineCount(1).contains("missing or invalid API key");
  }

  @Test
  void aRefusedBodyIsToldWithItsPlace() throws IOException {
    Files.writeString(file, "{\"id\":\"a\",\"title\":\"A\",\"content\":\"x\"}\n");
    node.answers(422, "{\"error\":\"id must be text\"}");
    assertThat(terminal.run("import", file.toString())).isEqualTo(1);
    assertThat(terminal.err()).isEqualTo("quorate: line 1: id must be text\n");
    assertThat(terminal.out()).isEqualTo("imported 0, 1 errors\n");
  }

  @Test
  void theSummaryCanBeJson() throws IOException {
    var memory = directory.resolve("memory.json");
    Files.writeString(
        memory,
        """
        {"type":"entity","name":"A","entityType":"t","observations":["o"]}
        x
        {"type":"relation","from":"A","to":"B","relationType":"likes"}
        """);
    node.answers(200, "{\"imported\":1,\"errors\":[]}")
        .answers(200, "{\"imported\":0,\"errors\":[]}");
    assertThat(terminal.run("import", memory.toString(), "--format", "mcp", "--json")).isEqualTo(1);
    var json = Json.parse(terminal.out());
    assertThat(json.get("imported").asInt()).isEqualTo(1);
    assertThat(json.get("links").asInt()).isEqualTo(1);
    assertThat(json.get("errors").get(0).asString()).startsWith("line 2 is not JSON");
    assertThat(json.get("remarks").get(0).asString()).contains("likes 1");
  }

  @Test
  void aPathThatIsNotThereIsOneLine() {
    assertThat(terminal.run("import", "/nonexistent")).isEqualTo(1);
    assertThat(terminal.err()).isEqualTo("quorate: there is no file or folder /nonexistent\n");
  }

  @Test
  void aFolderIsMarkdown() throws IOException {
    Files.writeString(directory.resolve("a.md"), "# H\ntext");
    node.answers(200, "{\"imported\":1,\"errors\":[]}");
    assertThat(terminal.run("import", directory.toString())).isZero();
    var memory = Json.parse(node.only().body()).get("memories").get(0);
    assertThat(memory.get("title").asString()).isEqualTo("a.md: H");
    assertThat(memory.get("namespace").asString()).isEqualTo("global");
  }
}
