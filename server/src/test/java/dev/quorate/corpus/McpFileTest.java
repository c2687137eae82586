package dev.quorate.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.json.Json;
import dev.quorate.memory.Rules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class McpFileTest {
  private static final Placement NOTES = new Placement("notes", "ai:bob");

  @TempDir Path directory;

  @Test
  void anEntityIsOneMemoryWithItsObservationsAsLines() throws IOException {
    var found =
        read(
            """
            {"type":"entity","name":"Ada","entityType":"person","observations":["likes tea","writes\\r\\nJava"]}
            {"type":"entity","name":"Ada","entityType":"engineer","observations":["likes tea","plays chess"]}
            {"type":"entity","name":"Nobody","entityType":"","observations":[]}
            """);
    assertThat(found.faults).isEmpty();
    assertThat(found.all("title")).containsExactly("Ada", "Nobody");
    var ada = found.titled("Ada");
    assertThat(ada.get("content").asString()).isEqualTo("likes tea\nwrites Java\nplays chess");
    assertThat(ada.get("tags")).isEqualTo(Json.parse("[\"person\",\"engineer\"]"));
    assertThat(ada.get("namespace").asString()).isEqualTo("notes");
    assertThat(ada.get("tier").asString()).isEqualTo("long");
    assertThat(ada.get("metadata").get("agent_id").asString()).isEqualTo("ai:bob");
    assertThat(found.content("Nobody")).isNotBlank();
  }

  @Test
  void aRelationIsALinkBetweenTheIdsOfItsEntities() throws IOException {
    var found =
        read(
            """
            {"type":"relation","from":"Ada","to":"Tea","relationType":"likes"}
            {"type":"relation","from":"Ada","to":"Tea","relationType":"Derived From"}
            {"type":"relation","from":"Tea","to":"Ada","relationType":"likes"}
            {"type":"relation","from":"Tea","to":"Ada","relationType":"knows"}
            {"type":"entity","name":"Ada","entityType":"person","observations":["x"]}
            {"type":"entity","name":"Tea","entityType":"drink","observations":["y"]}
            """);
    var ada = found.titled("Ada").get("id");
    var tea = found.titled("Tea").get("id");
    assertThat(found.links).hasSize(4);
    assertThat(found.links.get(1).get("source_id")).isEqualTo(ada);
    assertThat(found.links.get(1).get("target_id")).isEqualTo(tea);
    assertThat(found.links.stream().map(link -> link.get("relation").asString()))
        .containsExactly("related_to", "derived_from", "related_to", "related_to");
    assertThat(found.remarks)
        .containsExactly("relations of other kinds became related_to: knows 1, likes 2");
  }

  @Test
  void idsFollowFromNamespaceAndName() throws IOException {
    var text = "{\"type\":\"entity\",\"name\":\"Ada\",\"entityType\":\"p\",\"observations\":[]}\n";
    var id = read(text).titled("Ada").get("id");
    assertThat(read(text).titled("Ada").get("id")).isEqualTo(id);
    var elsewhere =
        Collected.of(directory.resolve("memory.jsonl"), Format.MCP, new Placement("b", null));
    assertThat(elsewhere.titled("Ada").get("id")).isNotEqualTo(id);
  }

  @Test
  void brokenLinesAreToldByNumber() throws IOException {
    var found =
        read(
            """
            {"type":"entity","name":"Ada","entityType":"p","observations":["x"]}
            nonsense
            {"type":"entity","entityType":"p","observations":[]}
            {"type":"entity","name":"Bea","observations":"x"}
            {"type":"relation","from":"Ada"}
            {"type":"tool"}
            """);
    assertThat(found.all("title")).containsExactly("Ada");
    assertThat(found.faults.getFirst()).startsWith("line 2 is not JSON");
    assertThat(found.faults.subList(1, 5))
        .containsExactly(
            "line 3: the entity has no name",
            "line 4: observations must be a list",
            "line 5: a relation needs from and to",
            "line 6 is neither an entity nor a relation");
  }

  @Test
  void manyObservationsBecomeSeveralMemories() throws IOException {
    var observations = Json.mapper().createArrayNode();
    IntStream.range(0, 3_000)
        .forEach(
            i -> observations.add("observation number " + i + " ".repeat(3) + "of this entity"));
    var found =
        read(
            Json.object()
                    .put("type", "entity")
                    .put("name", "Much")
                    .set("observations", observations)
                + "\n");
    assertThat(found.all("title")).containsExactly("Much", "Much (part 2)");
    assertThat(found.memories)
        .allSatisfy(memory -> Rules.content(memory.get("content").asString()));
    var lines =
        found
            .all("content")
            .flatMap(String::lines)
            .map(line -> line.replaceAll("\\D+", ""))
            .toList();
    assertThat(lines).hasSize(3_000).startsWith("0", "1").endsWith("2998", "2999");
  }

  private Collected read(String text) throws IOException {
    var file = directory.resolve("memory.jsonl");
    Files.writeString(file, text);
    assertThat(Format.detect(file))
        .isEqualTo(text.startsWith("{\"type\"") ? Format.MCP : Format.JSONL);
    return Collected.of(file, Format.MCP, NOTES);
  }
}
