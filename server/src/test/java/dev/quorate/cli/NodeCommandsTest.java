package dev.quorate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.json.Json;
import dev.quorate.node.Node;
import dev.quorate.settings.EmbeddingSettings;
import dev.quorate.settings.HttpSettings;
import dev.quorate.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Commands against a real node.
class NodeCommandsTest {
  @TempDir Path directory;

  @Test
  void aCorpusGoesInOnceHoweverOftenItIsImported() throws IOException {
    var docs = Files.createDirectory(directory.resolve("docs"));
    Files.writeString(docs.resolve("a.md"), "# One\nfirst\n# Two\nsecond\n");
    var graph = directory.resolve("memory.json");
    Files.writeString(
        graph,
        """
        {"type":"entity","name":"Ada","entityType":"person","observations":["likes tea"]}
        {"type":"entity","name":"Tea","entityType":"drink","observations":["is hot"]}
        {"type":"relation","from":"Ada","to":"Tea","relationType":"likes"}
        """);
    try (var node = start("node")) {
      for (var run = 0; run < 2; run++) {
        assertThat(succeed(node, "import", docs.toString(), "-n", "proj"))
            .isEqualTo("imported 2, 0 errors\n");
        assertThat(succeed(node, "import", graph.toString(), "-n", "graph"))
            .startsWith("linked 1\n")
            .endsWith("imported 2, 0 errors\n");
        assertThat(stats(node).get("total").asInt()).isEqualTo(4);
        assertThat(stats(node).get("links_count").asInt()).isEqualTo(1);
      }
      assertThat(succeed(node, "recall", "tea")).contains("Ada", "#person", "likes tea");
    }
  }

  @Test
  void anEditedFileReplacesWhatItGave() throws IOException {
    var file = directory.resolve("a.md");
    try (var node = start("node")) {
      Files.writeString(file, "# One\nbefore\n");
      succeed(node, "import", file.toString());
      Files.writeString(file, "# One\nafterwards\n");
      succeed(node, "import", file.toString());
      assertThat(succeed(node, "search", "afterwards")).endsWith("1 memory\n");
      assertThat(succeed(node, "search", "before")).isEqualTo("0 memories\n");
    }
  }

  @Test
  void whatOneNodeExportsAnotherImports() throws IOException {
    var file = directory.resolve("export.json").toString();
    JsonNode before;
    try (var node = start("one")) {
      succeed(node, "store", "Title", "Content", "--tags", "a,b", "--tier", "long");
      before = memory(node);
      succeed(node, "export", file);
    }
    try (var node = start("two")) {
      assertThat(succeed(node, "import", file)).isEqualTo("imported 1, 0 errors\n");
      assertThat(memory(node)).isEqualTo(before);
    }
  }

  @Test
  void aBackupBringsANodeBack() throws IOException {
    var file = directory.resolve("backup.db").toString();
    try (var node = start("node")) {
      succeed(node, "store", "Kept", "in the backup");
      succeed(node, "backup", file);
      succeed(node, "store", "Lost", "after the backup");
    }
    var data = directory.resolve("node").toString();
    assertThat(new FakeTerminal().run("restore", file, "--data", data, "--force")).isZero();
    try (var node = start("node")) {
      assertThat(succeed(node, "list")).contains("Kept").endsWith("1 memory\n");
      assertThat(succeed(node, "search", "backup")).contains("Kept").endsWith("1 memory\n");
    }
  }

  private Node start(String name) {
    return Node.start(
        Settings.defaults(directory.resolve(name))
            .withHttp(HttpSettings.DEFAULT.withPort(0))
            .withEmbedding(EmbeddingSettings.OFF));
  }

  private static JsonNode stats(Node node) {
    return Json.parse(succeed(node, "stats", "--json"));
  }

  private static JsonNode memory(Node node) {
    return Json.parse(succeed(node, "list", "--json")).get("memories").get(0);
  }

  /// Returns what the command printed.
  private static String succeed(Node node, String... args) {
    var terminal = new FakeTerminal().with("QUORATE_URL", node.address().toString());
    assertThat(terminal.run(args)).as(terminal.err()).isZero();
    assertThat(terminal.err()).isEmpty();
    return terminal.out();
  }
}
