package dev.quorate.acceptance;

import static dev.quorate.acceptance.NodeTest.MEMORIES;
import static dev.quorate.acceptance.NodeTest.answered;
import static dev.quorate.acceptance.NodeTest.memory;
import static dev.quorate.acceptance.NodeTest.ok;
import static dev.quorate.acceptance.NodeTest.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.settings.Settings;
import dev.quorate.testkit.Client;
import dev.quorate.testkit.Mesh;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Text of every script and of the greatest length, stored on one node and read on another one,
/// which has it by a push: both must hold every write before it is answered.
@TestInstance(Lifecycle.PER_CLASS)
class MeshTextTest {
  private static final List<String> MEMBERS =
      List.of("title", "content", "namespace", "tags", "metadata");

  private final Map<String, JsonNode> stored = new HashMap<>();
  private Mesh mesh;
  private Client first;
  private Client second;
  private int number;

  @BeforeAll
  void start(@TempDir Path folder) {
    mesh = Mesh.of(folder, 2).writeQuorum(2).inThisProcess(MeshTextTest::patient).make();
    mesh.start();
    mesh.awaitConnected();
    first = mesh.node(0).client();
    second = mesh.node(1).client();
  }

  /// What matters is that the other node has it, not how soon.
  private static Settings patient(Settings usual) {
    return usual.withFederation(usual.federation().withQuorumTimeoutMs(25_000));
  }

  @AfterAll
  void stop() {
    mesh.close();
  }

  @TestFactory
  Stream<DynamicTest> whatIsStoredOnOneNodeIsReadOnAnotherByteForByte() {
    return MEMBERS.stream()
        .flatMap(member ->
            Objects.requireNonNull(Kept.values().get(member)).stream()
                .map(sample ->
                    DynamicTest.dynamicTest(
                        member + " " + sample.label(), () -> isTheSame(member, sample))));
  }

  private void isTheSame(String member, Sample sample) {
    number++;
    // A word that only this memory has, where the sample leaves room for it.
    var word = "word" + number + "x";
    var memory = memory(word, "about " + word);
    memory.put("priority", 5).putArray("tags").add("tag" + number);
    memory.set(member, sample.value());
    var id = answered(201, first.post(MEMORIES, memory)).get("id").asString();

    var read = second.get(MEMORIES + "/" + id);
    assertThat(read.bytes()).isEqualTo(first.get(MEMORIES + "/" + id).bytes());
    var kept = ok(read).get("memory");
    isIn(sample.value(), kept.get(member));

    if (!member.equals("tags")) {
      var listed = ok(second.get(MEMORIES + "?tags=tag" + number)).get("memories");
      assertThat(listed).containsExactly(kept);
    }
    var found = ok(second.get("/api/v1/search?q=" + word)).get("results");
    assertThat(found).hasSize(1);
    isIn(sample.value(), found.get(0).get(member));
    stored.put(id, kept);
  }

  /// Texts to the last code unit. Metadata gains who stored it.
  private static void isIn(JsonNode sent, JsonNode kept) {
    if (sent.isObject()) {
      sent.forEachEntry((name, value) -> assertThat(kept.get(name)).isEqualTo(value));
    } else {
      assertThat(kept).isEqualTo(sent);
    }
  }

  @Test
  void anExportAndTheFeedOfTheOtherNodeHaveItAllAsItIsRead() {
    for (var sample : Objects.requireNonNull(Kept.values().get("content"))) {
      isTheSame("content", sample);
    }
    var exported = new HashMap<String, JsonNode>();
    for (var memory : ok(second.get("/api/v1/export")).get("memories")) {
      exported.put(memory.get("id").asString(), memory);
    }
    assertThat(exported).containsAllEntriesOf(stored);
    var told = new HashMap<String, JsonNode>();
    var cursor = "";
    for (var more = true; more; ) {
      var page = ok(second.get("/api/v1/changes?lanes=memory" + cursor));
      for (var change : page.get("changes")) {
        told.put(change.get("id").asString(), change.get("object"));
      }
      cursor = "&after=" + page.get("cursor").asString();
      more = page.get("more").asBoolean();
    }
    assertThat(told).containsAllEntriesOf(stored);
  }

  @Test
  void zeroBytesAndHalvesOfCharactersAreRefusedAndReachNobody() {
    var before = second.get("/api/v1/stats").json().get("total").asInt();
    var bodies = new ArrayList<String>();
    for (var bad : List.of("\\u0000", "\\ud800", "\\udc00\\ud800", "\\ud83d x")) {
      bodies.add("{\"title\":\"T\",\"content\":\"a%sb\"}".formatted(bad));
      bodies.add("{\"title\":\"a%sb\",\"content\":\"c\"}".formatted(bad));
      bodies.add("{\"title\":\"T\",\"content\":\"c\",\"tags\":[\"a%sb\"]}".formatted(bad));
      bodies.add("{\"title\":\"T\",\"content\":\"c\",\"namespace\":\"a%sb\"}".formatted(bad));
    }
    for (var body : bodies) refused(400, first.post(MEMORIES, body));
    refused(400, first.post(MEMORIES, "{\"title\":\"T\",\"content\":\"a\u0000b\"}"));
    var large = memory("T", "c".repeat(65_537));
    refused(400, first.post(MEMORIES, large), "65536");
    // One more write has to reach the other node after whatever those might have left.
    answered(201, first.post(MEMORIES, memory("The one that is kept", "words")));
    assertThat(second.get("/api/v1/stats").json().get("total").asInt()).isEqualTo(before + 1);
    for (var memory : ok(second.get(MEMORIES + "?limit=1000")).get("memories")) {
      for (var member : List.of("title", "content", "namespace")) {
        assertThat(memory.get(member).asString()).doesNotContain("\u0000").doesNotContain("\ufffd");
      }
    }
  }
}
