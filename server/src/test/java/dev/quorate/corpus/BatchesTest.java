package dev.quorate.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class BatchesTest {
  private final List<JsonNode> bodies = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();
  private final List<Long> progress = new ArrayList<>();

  @Test
  void aBatchHasAtMostAThousandRows() {
    var batches = batches(this::takeAll);
    IntStream.range(0, 2_500).forEach(i -> batches.memory(memory("m" + i, "x"), "line " + i));
    assertThat(batches.finish()).isEqualTo(new Batches.Summary(2_500, 0, 0, 0, List.of()));
    assertThat(bodies.stream().map(body -> body.get("memories").size()))
        .containsExactly(1_000, 1_000, 500);
    assertThat(progress).containsExactly(1_000L, 2_000L, 2_500L);
  }

  @Test
  void aBodyHasAtMostOneAndAHalfMebibytes() {
    var sizes = new ArrayList<Integer>();
    var batches =
        batches(body -> {
          sizes.add(body.length);
          return takeAll(body);
        });
    IntStream.range(0, 100).forEach(i -> batches.memory(memory("m" + i, "é".repeat(30_000)), "p"));
    assertThat(batches.finish().imported()).isEqualTo(100);
    assertThat(sizes).hasSize(4).allSatisfy(size -> assertThat(size).isLessThanOrEqualTo(3 << 19));
    assertThat(sizes.getFirst()).isGreaterThan((3 << 19) - 61_000);
  }

  @Test
  void linksComeAfterAllMemoriesAndFollowRemappedIds() {
    var batches =
        batches(body -> {
          takeAll(body);
          return new Destination.Taken(
              Json.parse(body).get("memories").size(), List.of(), Map.of("a", "z"));
        });
    batches.link(link("a", "b"), "line 1");
    batches.memory(memory("a", "x"), "line 2");
    batches.memory(memory("b", "x"), "line 3");
    assertThat(batches.finish()).isEqualTo(new Batches.Summary(2, 1, 0, 1, List.of()));
    assertThat(bodies).hasSize(2);
    assertThat(bodies.getFirst().has("links")).isFalse();
    assertThat(bodies.getLast().get("memories")).isEmpty();
    assertThat(bodies.getLast().get("links").get(0).get("source_id").asString()).isEqualTo("z");
  }

  @Test
  void errorsAreToldWithTheirPlace() {
    var batches =
        batches(body -> {
          var isLinks = Json.parse(body).has("links");
          return isLinks
              ? new Destination.Taken(0, List.of("a -> b: memory not found: 'b'"), Map.of())
              : new Destination.Taken(1, List.of("b: title is too long", "odd"), Map.of());
        });
    batches.memory(memory("a", "x"), "line 1");
    batches.memory(memory("b", "x"), "line 2");
    batches.link(link("a", "b"), "line 3");
    batches.fault("line 4 is broken");
    batches.remark("remarkable");
    assertThat(batches.finish()).isEqualTo(new Batches.Summary(1, 0, 4, 0, List.of("remarkable")));
    assertThat(faults)
        .containsExactly(
            "line 4 is broken",
            "line 2: title is too long",
            "odd",
            "line 3: memory not found: 'b'");
  }

  @Test
  void aRefusedBodyIsCutDownToTheRowThatIsWrong() {
    var batches =
        batches(body -> {
          var text = new String(body, StandardCharsets.UTF_8);
          return text.contains("wrong") ? new Destination.Refused("no good") : takeAll(body);
        });
    IntStream.range(0, 1_000)
        .forEach(i -> batches.memory(memory("m" + i, i % 400 == 7 ? "wrong" : "x"), "line " + i));
    assertThat(batches.finish().imported()).isEqualTo(997);
    assertThat(faults).containsExactly("line 7: no good", "line 407: no good", "line 807: no good");
    assertThat(bodies).hasSizeLessThan(40);
    assertThat(progress.getLast()).isEqualTo(1_000);
  }

  @Test
  void nothingIsSentForNothing() {
    var batches = batches(this::takeAll);
    assertThat(batches.finish()).isEqualTo(new Batches.Summary(0, 0, 0, 0, List.of()));
    assertThat(bodies).isEmpty();
  }

  private Batches batches(Destination destination) {
    return new Batches(destination, faults::add, progress::add);
  }

  private Destination.Answer takeAll(byte[] body) {
    var json = Json.parse(body);
    bodies.add(json);
    return new Destination.Taken(json.get("memories").size(), List.of(), Map.of());
  }

  private static ObjectNode memory(String id, String content) {
    return Json.object().put("id", id).put("content", content);
  }

  private static ObjectNode link(String source, String target) {
    return Json.object().put("source_id", source).put("target_id", target);
  }
}
