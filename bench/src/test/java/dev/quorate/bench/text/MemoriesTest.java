package dev.quorate.bench.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class MemoriesTest {
  private static final Vocabulary VOCABULARY = new Vocabulary();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 9, 200, 4_096, 65_536})
  void aContentHasExactlyTheWantedLength(int contentBytes) {
    var memories = new Memories(VOCABULARY, 1, "run", contentBytes, 0);
    for (var number = 0; number < 100; number++) {
      var content = memory(memories, number).path("content").asString();
      assertThat(content.getBytes(StandardCharsets.UTF_8)).hasSize(contentBytes);
      assertThat(content).isEqualTo(content.strip());
    }
  }

  @Test
  void everyTitleIsUnique() {
    var memories = new Memories(VOCABULARY, 1, "run", 20, 0);
    var titles = new HashSet<String>();
    for (var number = 0; number < 2_000; number++) {
      assertThat(titles.add(memory(memories, number).path("title").asString())).isTrue();
    }
  }

  @Test
  void everyFieldIsWithinTheLimitsOfTheApi() {
    var memories = new Memories(VOCABULARY, 1, "run", 50, 3);
    for (var number = 0; number < 500; number++) {
      var memory = memory(memories, number);
      assertThat(memory.path("title").asString()).hasSizeBetween(1, 512);
      assertThat(memory.path("namespace").asString()).matches("[a-z]+/[a-z]+");
      assertThat(memory.path("tier").asString()).isIn("short", "mid", "long");
      assertThat(memory.path("priority").asInt()).isBetween(1, 10);
      assertThat(memory.path("agent_id").asString()).matches("ai:bench-[0-2]");
      var tags = memory.path("tags").valueStream().map(JsonNode::asString).toList();
      assertThat(tags).hasSizeBetween(0, 4).doesNotHaveDuplicates().doesNotContain("");
    }
  }

  @Test
  void theSameSeedAndNumberGiveTheSameMemory() {
    var memories = new Memories(VOCABULARY, 1, "run", 200, 0);
    var again = new Memories(new Vocabulary(), 1, "run", 200, 0);
    var other = new Memories(VOCABULARY, 2, "run", 200, 0);
    assertThat(memory(again, 77)).isEqualTo(memory(memories, 77));
    assertThat(memory(other, 77)).isNotEqualTo(memory(memories, 77));
    assertThat(memory(memories, 78)).isNotEqualTo(memory(memories, 77));
  }

  @Test
  void theContentDoesNotDependOnTheLabel() {
    var one = memory(new Memories(VOCABULARY, 1, "one", 200, 0), 5);
    var two = memory(new Memories(VOCABULARY, 1, "two", 200, 0), 5);
    assertThat(two.path("content")).isEqualTo(one.path("content"));
    assertThat(two.path("title")).isNotEqualTo(one.path("title"));
  }

  private static JsonNode memory(Memories memories, long number) {
    var json = new Ascii(16);
    memories.append(number, json);
    return Json.parse(json.toString());
  }
}
