package dev.quorate.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.json.Json;
import dev.quorate.testkit.Answer;
import dev.quorate.testkit.Client;
import dev.quorate.testkit.TestNode;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Input at the limits: it is stored by every route that stores, and comes back as it was sent.
@TestInstance(Lifecycle.PER_CLASS)
class KeptInputTest {
  private static final String MEMORIES = "/api/v1/memories";
  private static final String NAMESPACES = "/api/v1/namespaces";

  @TempDir static Path data;
  private TestNode node;
  private Client client;
  private int stored;

  @BeforeAll
  void start() {
    node = TestNode.start(data);
    client = node.client();
  }

  @AfterAll
  void stop() {
    node.close();
  }

  @TestFactory
  Stream<DynamicContainer> aNewMemoryIsKept() {
    return tables(this::create, Kept.values(), Kept.valuesOfNew());
  }

  @TestFactory
  Stream<DynamicContainer> aMemoryOfABulkStoreIsKept() {
    return tables(this::createInBulk, Kept.values(), Kept.valuesOfNew());
  }

  @TestFactory
  Stream<DynamicContainer> anImportedMemoryIsKept() {
    return tables(this::importOne, Kept.values(), Kept.valuesOfNew());
  }

  @TestFactory
  Stream<DynamicContainer> anUpdateIsKept() {
    return tables(this::update, Kept.values());
  }

  @TestFactory
  Stream<DynamicContainer> anApprovedMemoryIsKept() {
    return tables(this::createHeld, Kept.values(), Kept.valuesOfNew());
  }

  @TestFactory
  Stream<DynamicTest> aMessageIsKept() {
    return Map.of("title", "title", "content", "payload", "priority", "priority", "tier", "tier")
        .entrySet()
        .stream()
        .flatMap(member ->
            Objects.requireNonNull(Kept.values().get(member.getKey())).stream()
                .map(sample -> message(member.getKey(), member.getValue(), sample)));
  }

  private DynamicTest message(String sent, String shown, Sample sample) {
    var row = sent + " " + sample.label();
    return DynamicTest.dynamicTest(
        row,
        () -> {
          var agent = "ai:reader-" + ++stored;
          var letter = Json.object().put("target_agent_id", agent);
          letter.put("title", "T").put("content", "words").set(sent, sample.value());
          var id = done(201, client.post("/api/v1/notify", letter)).get("id").asString();
          var inbox = done(200, client.get("/api/v1/inbox?agent_id=" + agent));
          assertThat(inbox.get("count").asInt()).as(row).isEqualTo(1);
          same(row, sample.value(), inbox.get("messages").get(0).get(shown));
          done(200, client.delete(MEMORIES + "/" + id));
        });
  }

  @TestFactory
  Stream<DynamicTest> aStandardIsKeptUnderItsNamespace() {
    return Objects.requireNonNull(Kept.values().get("namespace")).stream()
        .map(sample ->
            DynamicTest.dynamicTest(
                sample.label(),
                () -> {
                  var namespace = sample.value().asString();
                  var query = "?namespace=" + URLEncoder.encode(namespace, UTF_8);
                  var setting = Json.object().put("namespace", namespace).put("parent", "p");
                  var set = done(201, client.post(NAMESPACES, setting));
                  var shown = done(200, client.get(NAMESPACES + query));
                  assertThat(shown.get("namespace")).isEqualTo(sample.value());
                  assertThat(shown.get("standard_id")).isEqualTo(set.get("standard_id"));
                  assertThat(shown.get("parent").asString()).isEqualTo("p");
                  done(200, client.delete(NAMESPACES + query));
                  var id = set.get("standard_id").asString();
                  done(200, client.delete(MEMORIES + "/" + id));
                }));
  }

  @Test
  void anAgentIsKeptWithAllThatItCanDo() {
    var agent = "A-Z_a-z.0:9@/" + "i".repeat(115);
    var body = Json.object().put("agent_id", agent).put("agent_type", "ai:" + "x".repeat(61));
    var capabilities = body.putArray("capabilities");
    for (var i = 0; i < 48; i++) capabilities.add("c" + i);
    capabilities.add("\u202e👩‍🚀 \" \\ e\u0301").add("c".repeat(128));
    var id = done(201, client.post("/api/v1/agents", body)).get("id").asString();
    var row = done(200, client.get("/api/v1/agents")).get("agents").get(0);
    assertThat(row.get("agent_id").asString()).isEqualTo(agent);
    assertThat(row.get("agent_type")).isEqualTo(body.get("agent_type"));
    assertThat(row.get("capabilities")).isEqualTo(capabilities);
    done(200, client.delete(MEMORIES + "/" + id));
  }

  /// Stores a memory that has one member of a value, and returns its id.
  @FunctionalInterface
  private interface Storing {
    String store(String member, JsonNode value);
  }

  @SafeVarargs
  private Stream<DynamicContainer> tables(Storing storing, Map<String, List<Sample>>... tables) {
    var all = new HashMap<String, List<Sample>>();
    for (var table : tables) all.putAll(table);
    return all.entrySet().stream()
        .map(entry ->
            DynamicContainer.dynamicContainer(
                entry.getKey(),
                entry.getValue().stream().map(sample -> test(storing, entry.getKey(), sample))));
  }

  private DynamicTest test(Storing storing, String member, Sample sample) {
    var row = member + " " + sample.label();
    return DynamicTest.dynamicTest(
        row,
        () -> {
          var id = storing.store(member, sample.value());
          var memory = done(200, client.get(MEMORIES + "/" + id)).get("memory");
          same(row, sample.value(), memory.get(member));
          var listed = done(200, client.get(MEMORIES + "?limit=1000&tags=row" + stored));
          assertThat(listed.get("count").asInt()).as(row).isEqualTo(member.equals("tags") ? 0 : 1);
          if (!member.equals("tags")) assertThat(listed.get("memories").get(0)).isEqualTo(memory);
          done(200, client.delete(MEMORIES + "/" + id));
        });
  }

  /// Whether two values are the same: texts to the last code unit, numbers as numbers. Of metadata
  /// that what was sent is there; a node adds who stored it.
  private static void same(String row, JsonNode sent, JsonNode kept) {
    if (sent.isNumber()) {
      assertThat(kept.decimalValue()).as(row).isEqualByComparingTo(sent.decimalValue());
    } else if (sent.isObject()) {
      sent.forEachEntry((name, value) -> same(row + " " + name, value, kept.path(name)));
    } else if (sent.isArray()) {
      assertThat(kept.size()).as(row).isEqualTo(sent.size());
      for (var i = 0; i < sent.size(); i++) same(row + " " + i, sent.get(i), kept.get(i));
    } else {
      assertThat(kept).as(row).isEqualTo(sent);
    }
  }

  private ObjectNode memory() {
    stored++;
    var memory = Json.object().put("title", "T" + stored).put("content", "words");
    memory.putArray("tags").add("row" + stored);
    return memory;
  }

  private String create(String member, JsonNode value) {
    var memory = memory();
    memory.set(member, value);
    return done(201, client.post(MEMORIES, memory, "X-Agent-Id", "ai:alice")).get("id").asString();
  }

  /// Everywhere needs approval for as long as it takes.
  private String createHeld(String member, JsonNode value) {
    var policy = "{\"namespace\":\"*\",\"governance\":{\"write\":\"approve\"}}";
    var standard = done(201, client.post(NAMESPACES, policy)).get("standard_id").asString();
    var memory = memory();
    memory.set(member, value);
    var held = done(202, client.post(MEMORIES, memory, "X-Agent-Id", "ai:alice"));
    var approval = "/api/v1/pending/" + held.get("pending_id").asString() + "/approve";
    var id = done(200, client.send("POST", approval, null)).get("memory_id").asString();
    done(200, client.delete(NAMESPACES + "?namespace=*"));
    done(200, client.delete(MEMORIES + "/" + standard));
    return id;
  }

  private String createInBulk(String member, JsonNode value) {
    var memory = memory();
    memory.set(member, value);
    var rows = Json.mapper().createArrayNode().add(memory);
    var report = done(200, client.post(MEMORIES + "/bulk", rows));
    assertThat(report.get("errors")).as(report.toString()).isEmpty();
    return done(200, client.get(MEMORIES)).get("memories").get(0).get("id").asString();
  }

  private String importOne(String member, JsonNode value) {
    var memory = TransferOperations.memory("imported-" + stored, "T");
    memory.setAll(memory());
    memory.set(member, value);
    var body = Json.object();
    body.putArray("memories").add(memory);
    var report = done(200, client.post("/api/v1/import", body));
    assertThat(report.get("errors")).as(report.toString()).isEmpty();
    return memory.get("id").asString();
  }

  private String update(String member, JsonNode value) {
    var id = create("priority", Sample.node(5));
    done(200, client.put(MEMORIES + "/" + id, Json.object().set(member, value)));
    return id;
  }

  private static JsonNode done(int status, Answer answer) {
    assertThat(answer.status()).as("%.300s", answer).isEqualTo(status);
    return answer.json();
  }

  @Test
  void aBodyOfExactlyTwoMebibytesIsRead() {
    var memory = Json.text(Json.object().put("title", "Large").put("content", "c"));
    var padded = memory + " ".repeat((2 << 20) - memory.length());
    var id = done(201, client.post(MEMORIES, padded)).get("id").asString();
    done(200, client.delete(MEMORIES + "/" + id));
  }

  @Test
  void aBodyNestedSixtyFourDeepIsRead() {
    var nested = "[".repeat(63) + "]".repeat(63);
    var memory = "{\"title\":\"Deep\",\"content\":\"c\",\"ignored\":%s}".formatted(nested);
    var id = done(201, client.post(MEMORIES, memory)).get("id").asString();
    done(200, client.delete(MEMORIES + "/" + id));
  }

  @Test
  void aTitleLosesTheWhiteSpaceAroundIt() {
    var id = create("title", Sample.node(" \n Title \t"));
    var memory = done(200, client.get(MEMORIES + "/" + id)).get("memory");
    assertThat(memory.get("title").asString()).isEqualTo("Title");
    done(200, client.delete(MEMORIES + "/" + id));
  }

  @Test
  void anIdOfEveryAllowedCharacterAndLengthIsKept() {
    for (var id : List.of("a", "A-Z_a-z.0:9@", "i".repeat(128))) {
      var body = Json.object();
      body.putArray("memories").add(TransferOperations.memory(id, "Of " + id.length()));
      assertThat(done(200, client.post("/api/v1/import", body)).get("imported").asInt())
          .isEqualTo(1);
      var memory = done(200, client.get(MEMORIES + "/" + id)).get("memory");
      assertThat(memory.get("id").asString()).isEqualTo(id);
      done(200, client.delete(MEMORIES + "/" + id));
    }
  }

  @Test
  void aLifeOfOneSecondAndOfAYearAreTaken() {
    for (var seconds : List.of(1, 31_536_000)) {
      var id = create("ttl_secs", Sample.node(seconds));
      done(200, client.delete(MEMORIES + "/" + id));
    }
  }

  @Test
  void wordsToSearchForMayBeAnyText() {
    var words = new StringBuilder("a\r\n\"'*^{}():|+- AND OR NOT NEAR \u202e👩‍🚀");
    Sample.controls().forEach(c -> words.append((char) c));
    var body = Json.object().put("context", words.toString());
    assertThat(done(200, client.post("/api/v1/recall", body)).get("count").asInt()).isZero();
    body = Json.object().put("pattern", words.toString());
    assertThat(done(200, client.post("/api/v1/forget", body)).get("deleted").asInt()).isZero();
  }
}
