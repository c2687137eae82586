package dev.quorate.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.json.Json;
import dev.quorate.memory.Rules;
import dev.quorate.time.Timestamps;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

class MemoryLinesTest {
  private static final String FULL =
      """
      {"id":"m1","tier":"mid","namespace":"ops","title":"T","content":"C","tags":["a"],"priority":7,"confidence":0.5,"source":"api","access_count":3,"created_at":"2026-01-01T00:00:00Z","updated_at":"2026-01-02T00:00:00Z","metadata":{"agent_id":"ai:eve"},"version":4}\
      """;

  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void name() {
    file = directory.resolve("memories.jsonl");
  }

  @Test
  void aFullMemoryStaysAsItIs() throws IOException {
    Files.writeString(file, FULL + "\n");
    var found = Collected.of(file, Format.AUTO, new Placement("other", "ai:bob"));
    assertThat(found.memories).containsExactly((ObjectNode) Json.parse(FULL));
    assertThat(found.places).containsExactly("line 1");
    assertThat(found.faults).isEmpty();
  }

  @Test
  void whatIsMissingIsFilledInTheSameEachTime() throws IOException {
    Files.writeString(file, "{\"title\":\"T\",\"content\":\"C\"}");
    var placement = new Placement("notes", "ai:bob");
    var memory = Collected.of(file, Format.AUTO, placement).memories.getFirst();
    assertThat(Collected.of(file, Format.AUTO, placement).memories.getFirst()).isEqualTo(memory);
    Rules.newId(memory.get("id").asString());
    assertThat(memory.get("namespace").asString()).isEqualTo("notes");
    assertThat(memory.get("tier").asString()).isEqualTo("long");
    assertThat(memory.get("source").asString()).isEqualTo("import");
    assertThat(memory.get("metadata").get("agent_id").asString()).isEqualTo("ai:bob");
    assertThat(memory.get("updated_at").asString())
        .isEqualTo(Timestamps.render(Files.getLastModifiedTime(file).toInstant()));
    assertThat(memory.propertyNames())
        .contains("tags", "priority", "confidence", "access_count", "created_at");
  }

  @Test
  void brokenLinesAreToldByNumberAndDoNotStopTheRest() throws IOException {
    var lines =
        List.of(
            "{\"title\":\"one\",\"content\":\"C\"}",
            "{\"title\":",
            "",
            "[1]",
            "{\"content\":\"C\"}",
            "{\"title\":\"T\"}",
            "{\"title\":7,\"content\":\"C\"}",
            "{\"title\":\"T\",\"content\":\"C\",\"tags\":[1]}",
            "{\"title\":\"T\",\"content\":\"C\",\"priority\":\"high\"}",
            "{\"title\":\"T\",\"content\":\"C\",\"metadata\":[]}",
            "{\"source_id\":\"a\",\"target_id\":\"b\",\"relation\":\"likes\"}",
            "{\"title\":\"two\",\"content\":\"C\"}");
    Files.writeString(file, String.join("\r\n", lines));
    var found = Collected.of(file);
    assertThat(found.all("title")).containsExactly("one", "two");
    assertThat(found.places).containsExactly("line 1", "line 12");
    assertThat(found.faults).hasSize(9);
    assertThat(found.faults.getFirst()).startsWith("line 2 is not JSON: ").doesNotContain("\n");
    assertThat(found.faults.subList(1, 9))
        .containsExactly(
            "line 4 is not a JSON object",
            "line 5: the title is missing",
            "line 6: the content is missing",
            "line 7: title must be text",
            "line 8: tags must be a list of texts",
            "line 9: priority must be a whole number",
            "line 10: metadata must be an object",
            "line 11: there is no relation 'likes'");
  }

  @Test
  void aLineThatIsNoUtf8SpoilsNoOther() throws IOException {
    var bytes =
        "{\"title\":\"?\",\"content\":\"C\"}\n{\"title\":\"two\",\"content\":\"C\"}\n"
            .getBytes(StandardCharsets.ISO_8859_1);
    bytes[10] = (byte) 0xff;
    Files.write(file, bytes);
    var found = Collected.of(file);
    assertThat(found.all("title")).containsExactly("two");
    assertThat(found.faults).singleElement().asString().startsWith("line 1 is not JSON: ");
  }

  @Test
  void aLineLongerThanABodyIsToldWithItsLength() throws IOException {
    var line = "{\"title\":\"" + "x".repeat(Batches.BODY_BYTES_MAX) + "\",\"content\":\"C\"}";
    Files.writeString(file, line + "\n{\"title\":\"two\",\"content\":\"C\"}\n");
    var found = Collected.of(file);
    assertThat(found.all("title")).containsExactly("two");
    assertThat(found.faults)
        .containsExactly("line 1 has %d bytes; the limit is 1572864".formatted(line.length()));
  }

  @Test
  void linksMayStandBetweenMemories() throws IOException {
    Files.writeString(
        file, "{\"source_id\":\"m1\",\"target_id\":\"m2\",\"relation\":\"supersedes\"}\n" + FULL);
    var found = Collected.of(file);
    assertThat(found.memories).hasSize(1);
    assertThat(found.links).hasSize(1);
    assertThat(found.links.getFirst().get("relation").asString()).isEqualTo("supersedes");
    assertThat(found.links.getFirst().has("created_at")).isTrue();
  }

  @Test
  void anExportIsReadElementByElement() throws IOException {
    Files.writeString(
        file,
        """
        {
          "count": 2,
          "exported_at": "2026-01-01T00:00:00Z",
          "links": [{"source_id":"m1","target_id":"m2","relation":"related_to"}, 7],
          "memories": [%s, "x", {"content":"C"}],
          "more": {"memories": [1]}
        }
        """
            .formatted(FULL));
    var found = Collected.of(file);
    assertThat(found.all("id")).containsExactly("m1");
    assertThat(found.links).hasSize(1);
    assertThat(found.faults)
        .containsExactly(
            "link 2 is not a JSON object",
            "memory 2 is not a JSON object",
            "memory 3: the title is missing");
  }

  @Test
  void anExportThatIsCutOffGivesWhatItHas() throws IOException {
    Files.writeString(file, "{\"memories\":[" + FULL + ",\n{\"id\":");
    var found = Collected.of(file);
    assertThat(found.all("id")).containsExactly("m1");
    assertThat(found.faults)
        .singleElement()
        .asString()
        .startsWith("the file is broken at line 2, so nothing behind that was read: ");
  }

  @Test
  void anEmptyFileHoldsNothing() throws IOException {
    Files.writeString(file, "");
    var found = Collected.of(file);
    assertThat(found.memories).isEmpty();
    assertThat(found.faults).isEmpty();
  }
}
