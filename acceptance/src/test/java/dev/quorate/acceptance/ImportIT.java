package dev.quorate.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.testkit.TestNode;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What people have already, brought in by the command line: this project's own documents, and the
/// file of the reference MCP memory server.
class ImportIT {
  @TempDir Path data;
  @TempDir Path files;
  private TestNode node;

  @BeforeEach
  void start() {
    node = TestNode.start(data);
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void ownDocumentsComeInOnceAndAreFound() throws Exception {
    var documents = LauncherMachine.checkout().resolve("docs");
    var first = run("import", documents.toString(), "--namespace", "own/docs");
    assertThat(last(first)).matches("imported [1-9]\\d*, 0 errors");
    var total = total();
    assertThat(total).isGreaterThan(10);
    run("import", documents.toString(), "--namespace", "own/docs");
    assertThat(total()).as("a second run brings nothing twice").isEqualTo(total);

    var found = search("SIGKILL");
    assertThat(found).isNotEmpty();
    assertThat(found).allMatch(memory -> memory.get("namespace").asString().startsWith("own/docs"));
    var recalled = run("recall", "how is a failing property test replayed by its seed");
    assertThat(String.join("\n", recalled.out())).contains("-Dseed=42");
  }

  @Test
  void theFileOfTheReferenceServerComesInWithItsRelations() throws Exception {
    var file = files.resolve("memory.jsonl");
    Files.writeString(
        file,
        """
        {"type":"entity","name":"Ada","entityType":"person","observations":["writes programs","likes wombats"]}
        {"type":"entity","name":"Engine","entityType":"machine","observations":["was never finished — ולא נגמר"]}
        {"type":"relation","from":"Ada","to":"Engine","relationType":"supersedes"}
        {"type":"relation","from":"Ada","to":"Engine","relationType":"programs"}
        """);
    var imported = run("import", file.toString(), "--namespace", "notes", "--agent", "human:ada");
    assertThat(last(imported)).isEqualTo("imported 2, 0 errors");
    var ada = search("wombats");
    assertThat(ada).hasSize(1);
    assertThat(ada.getFirst().get("title").asString()).isEqualTo("Ada");
    assertThat(ada.getFirst().get("content").asString())
        .isEqualTo("writes programs\nlikes wombats");
    assertThat(ada.getFirst().get("metadata").get("agent_id").asString()).isEqualTo("human:ada");
    assertThat(search("נגמר")).hasSize(1);
    var links = node.client().get("/api/v1/links/" + ada.getFirst().get("id").asString()).json();
    assertThat(links.get("links"))
        .extracting(link -> link.get("relation").asString())
        .containsExactlyInAnyOrder("supersedes", "related_to");
  }

  @Test
  void aFileThatIsNeitherIsRefusedInASentence() throws Exception {
    var file = Files.writeString(files.resolve("broken.jsonl"), "{\"type\":\n");
    var ended = program("import", file.toString());
    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.err()).isNotEmpty().allMatch(line -> line.startsWith("quorate: "));
    assertThat(total()).isZero();
    var missing = program("import", files.resolve("nothing").toString());
    assertThat(StartRefusal.sentence(missing)).contains("no file or folder");
  }

  private Program.Ended run(String... arguments) throws Exception {
    var ended = program(arguments);
    assertThat(ended.exitCode()).as(ended.toString()).isZero();
    return ended;
  }

  private Program.Ended program(String... arguments) throws Exception {
    var program = new Program(files);
    program.set("QUORATE_URL", node.address());
    return program.run(arguments);
  }

  private static String last(Program.Ended ended) {
    return ended.out().getLast();
  }

  private int total() {
    return node.client().get("/api/v1/stats").json().get("total").asInt();
  }

  private List<JsonNode> search(String word) {
    var encoded = URLEncoder.encode(word, UTF_8);
    var found = new ArrayList<JsonNode>();
    node.client().get("/api/v1/search?q=" + encoded).json().get("results").forEach(found::add);
    return found;
  }
}
