package dev.quorate.acceptance;

import static dev.quorate.acceptance.NodeTest.MEMORIES;
import static dev.quorate.acceptance.NodeTest.answered;
import static dev.quorate.acceptance.NodeTest.memory;
import static dev.quorate.acceptance.NodeTest.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.json.Json;
import dev.quorate.settings.EmbedderKind;
import dev.quorate.settings.EmbeddingSettings;
import dev.quorate.settings.Secret;
import dev.quorate.settings.Settings;
import dev.quorate.testkit.TestNode;
import java.net.URI;
import java.nio.file.Path;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import tools.jackson.databind.JsonNode;

/// One node and an endpoint that makes its vectors, or fails to.
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EmbeddingTest {
  private final FakeModel model = new FakeModel();
  @TempDir Path folder;

  @AfterEach
  void end() {
    model.close();
  }

  private TestNode start(String name) {
    return start(name, usual -> usual);
  }

  private TestNode start(String name, UnaryOperator<Settings> change) {
    var embedding =
        new EmbeddingSettings(EmbedderKind.OPENAI, URI.create(model.url()), name, null, 1, 60);
    return TestNode.start(folder, usual -> change.apply(usual.withEmbedding(embedding)));
  }

  private static JsonNode embedding(TestNode node) {
    return ok(node.client().get("/api/v1/embedding"));
  }

  private static void awaitDone(TestNode node, long memories) {
    Await.until(() -> embedding(node).path("done").asLong(-1) == memories);
  }

  private static void awaitStatus(TestNode node, String status) {
    Await.until(() -> embedding(node).get("status").asString().equals(status));
  }

  private static JsonNode store(TestNode node, String title) {
    return answered(201, node.client().post(MEMORIES, memory(title, "text")));
  }

  @Test
  void everyPlaceTellsTheSame() {
    try (var node = start("fake")) {
      awaitStatus(node, "ready");
      var stored = store(node, "One");
      assertThat(stored.get("embed_status").asString()).isEqualTo("pending");
      assertThat(stored.has("embed_status_reason")).isFalse();
      awaitDone(node, 1);
      var told = embedding(node);
      assertThat(told.get("model").asString()).isEqualTo("fake");
      assertThat(told.get("dimension").asInt()).isEqualTo(3);
      assertThat(told.get("pending").asInt()).isZero();
      assertThat(told.get("failed").asInt()).isZero();
      var health = ok(node.client().get("/api/v1/health"));
      assertThat(health.get("embedder_ready").asBoolean()).isTrue();
      assertThat(health.get("embedding")).isEqualTo(told);
      assertThat(ok(node.client().get("/api/v1/stats")).get("embedding")).isEqualTo(told);
      assertThat(node.client().get("/metrics").text())
          .contains("quorate_embedder_ready 1.0")
          .contains("quorate_embeddings_done 1.0")
          .contains("quorate_embeddings_pending 0.0")
          .contains("quorate_embeddings_failed 0.0")
          .contains("ai_memory_hnsw_size 1.0");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = FakeModel.Mood.class,
      mode = Mode.EXCLUDE,
      names = {"WELL", "SLOWLY"})
  void aModelThatFailsHoldsUpNoStoreAndIsUsedWhenItIsWell(FakeModel.Mood mood) {
    try (var node = start("fake")) {
      awaitStatus(node, "ready");
      model.mood(mood);
      store(node, "First");
      awaitStatus(node, "failed");
      assertThat(ok(node.client().get("/api/v1/health")).get("embedder_ready").asBoolean())
          .isFalse();
      var stored = store(node, "Second");
      assertThat(stored.get("embed_status").asString()).isEqualTo("failed");
      assertThat(stored.get("embed_status_reason").asString()).contains("the embedding endpoint");
      model.mood(FakeModel.Mood.WELL);
      awaitDone(node, 2);
      assertThat(model.texts()).containsExactlyInAnyOrder("First\ntext", "Second\ntext");
    }
  }

  @Test
  void whyAModelFailedIsToldToWhoHasAKey() {
    model.mood(FakeModel.Mood.HTML);
    var key = new Secret("sesame");
    try (var node = start("fake", usual -> usual.withHttp(usual.http().withApiKey(key)))) {
      var client = node.client();
      Supplier<JsonNode> known =
          () -> ok(client.get("/api/v1/health", "X-API-Key", key.text())).get("embedding");
      Await.until(() -> known.get().get("status").asString().equals("failed"));
      assertThat(known.get().get("reason").asString()).contains("the embedding endpoint");
      for (var headers : new String[][] {{}, {"X-API-Key", "wrong"}}) {
        var unknown = ok(client.get("/api/v1/health", headers)).get("embedding");
        assertThat(unknown.get("status").asString()).isEqualTo("failed");
        assertThat(unknown.has("reason")).isFalse();
      }
    }
  }

  @Test
  void aNodeWhoseModelFailedTellsTheOthersThatItMakesNoVectors() {
    try (var node = start("fake")) {
      awaitStatus(node, "ready");
      assertThat(announced(node)).isEqualTo("fake");
      model.mood(FakeModel.Mood.HTML);
      store(node, "First");
      awaitStatus(node, "failed");
      assertThat(announced(node)).isEmpty();
    }
  }

  /// The model that a node tells its peers to make vectors with.
  private static String announced(TestNode node) {
    return ok(node.client().get("/api/v1/sync/identity")).get("embedder").asString();
  }

  @Test
  void aSlowModelIsWaitedForByNobodyButItsWorker() {
    try (var node = start("fake")) {
      awaitStatus(node, "ready");
      model.mood(FakeModel.Mood.SLOWLY);
      for (var i = 0; i < 20; i++) store(node, "Title " + i);
      assertThat(embedding(node).get("pending").asInt()).isPositive();
      awaitDone(node, 20);
    }
  }

  @Test
  void aRestartAndAnotherModelGoOnWithWhatIsLeft() {
    try (var node = start("fake")) {
      awaitStatus(node, "ready");
      model.mood(FakeModel.Mood.NEVER);
      for (var i = 0; i < 20; i++) store(node, "Title " + i);
    }
    assertThat(model.texts()).isEmpty();
    model.mood(FakeModel.Mood.WELL);
    try (var node = start("fake")) {
      awaitDone(node, 20);
    }
    assertThat(model.texts()).hasSize(20);
    try (var node = start("another")) {
      awaitDone(node, 20);
      assertThat(embedding(node).get("model").asString()).isEqualTo("another");
    }
    // One of them may have been asked of the former model, to know it again.
    assertThat(model.texts()).hasSizeBetween(40, 41);
  }

  @Test
  void aModelThatBecomesAnotherBehindItsNameIsFollowedWithoutARestart() {
    try (var node = start("fake")) {
      awaitStatus(node, "ready");
      for (var i = 0; i < 20; i++) store(node, "Title " + i);
      awaitDone(node, 20);
      model.dimension(5);
      store(node, "One more");
      Await.until(() -> embedding(node).path("dimension").asInt() == 5);
      awaitDone(node, 21);
      assertThat(embedding(node).get("pending").asInt()).isZero();
      assertThat(embedding(node).get("failed").asInt()).isZero();
      var asked = Json.object().put("context", "Title 3").put("mode", "vector").put("limit", 50);
      // The question's vector may be late for whoever asks first.
      Await.until(() -> node.client().post("/api/v1/recall", asked).status() == 200);
      var found = ok(node.client().post("/api/v1/recall", asked));
      assertThat(found.get("mode").asString()).isEqualTo("vector");
      assertThat(found.get("count").asInt()).isEqualTo(21);
    }
  }

  @Test
  void afterAChangeOfModelTheOldVectorsServeUntilTheNewOnesAreThere() {
    try (var node = start("old")) {
      awaitStatus(node, "ready");
      for (var i = 0; i < 20; i++) store(node, "Title " + i);
      awaitDone(node, 20);
    }
    model.without("new");
    var asked = Json.object().put("context", "Title 3").put("mode", "vector").put("limit", 50);
    try (var node = start("new")) {
      Await.until(() -> embedding(node).path("serving").asString("").equals("old"));
      assertThat(embedding(node).get("model").asString()).isEqualTo("new");
      Await.until(() -> node.client().post("/api/v1/recall", asked).status() == 200);
      var found = ok(node.client().post("/api/v1/recall", asked));
      assertThat(found.get("mode").asString()).isEqualTo("vector");
      assertThat(found.get("count").asInt()).isEqualTo(20);
      model.without("");
      awaitDone(node, 20);
      Await.until(() -> !embedding(node).has("serving"));
      Await.until(() -> node.client().post("/api/v1/recall", asked).status() == 200);
      found = ok(node.client().post("/api/v1/recall", asked));
      assertThat(found.get("count").asInt()).isEqualTo(20);
    }
  }

  @Test
  void theModelWithMostVectorsServesThoughAnotherWasSetInBetweenAndNeverWorked() {
    try (var node = start("old")) {
      awaitStatus(node, "ready");
      for (var i = 0; i < 5; i++) store(node, "Title " + i);
      awaitDone(node, 5);
    }
    model.without("mistyped");
    try (var node = start("mistyped")) {
      Await.until(() -> embedding(node).path("serving").asString("").equals("old"));
    }
    try (var node = start("off", usual -> usual.withEmbedding(EmbeddingSettings.OFF))) {
      assertThat(embedding(node).get("status").asString()).isEqualTo("off");
    }
    model.without("new");
    try (var node = start("new")) {
      Await.until(() -> embedding(node).path("serving").asString("").equals("old"));
    }
  }

  @Test
  void anEndpointThatAnswersByAnotherModelUnderTheOldNameDoesNotServe() {
    try (var node = start("old")) {
      awaitStatus(node, "ready");
      for (var i = 0; i < 5; i++) store(node, "Title " + i);
      awaitDone(node, 5);
    }
    model.dimension(5);
    model.without("new");
    try (var log = new LoggedLines();
        var node = start("new")) {
      Await.until(() -> log.lines().stream().anyMatch(line -> line.contains("other vectors now")));
      assertThat(embedding(node).has("serving")).isFalse();
    }
  }

  @Test
  void whatIsDeletedWhileItsVectorIsMadeLeavesNothing() {
    try (var node = start("fake")) {
      awaitStatus(node, "ready");
      model.mood(FakeModel.Mood.SLOWLY);
      var ids =
          IntStream.range(0, 20)
              .mapToObj(number -> store(node, "Title " + number).get("id").asString())
              .toList();
      for (var id : ids.subList(0, 19)) ok(node.client().delete(MEMORIES + "/" + id));
      awaitDone(node, 1);
      assertThat(embedding(node).get("pending").asInt()).isZero();
      assertThat(embedding(node).get("failed").asInt()).isZero();
    }
  }

  @Test
  void aQuestionOfTenThousandWordsIsAnsweredByWordsAndMeaning() {
    try (var node = start("fake")) {
      awaitStatus(node, "ready");
      store(node, "Harbour");
      awaitDone(node, 1);
      var words = IntStream.range(0, 10_000).mapToObj(number -> "word" + number);
      var question = "harbour " + words.collect(Collectors.joining(" "));
      var asked = Json.object().put("context", question).put("explain", true);
      var found = ok(node.client().post("/api/v1/recall", asked));
      assertThat(found.get("mode").asString()).isEqualTo("hybrid");
      assertThat(found.get("memories").get(0).get("title").asString()).isEqualTo("Harbour");
      // The model gets what it can read at once.
      assertThat(model.texts()).containsExactly("Harbour\ntext", question.substring(0, 2_000));
      var endless = asked.put("context", "a".repeat(300_000));
      assertThat(node.client().post("/api/v1/recall", endless).status()).isIn(200, 400);
    }
  }

  @Test
  void theModelInTheProgramMakesVectorsAfterTheStart() {
    try (var node =
        TestNode.start(folder, usual -> usual.withEmbedding(EmbeddingSettings.DEFAULT))) {
      store(node, "In this process");
      awaitDone(node, 1);
      assertThat(embedding(node).get("dimension").asInt()).isEqualTo(384);
    }
  }

  @Test
  void whatSaysTheSameInOtherWordsIsADuplicateByItsThreshold() {
    try (var node =
        TestNode.start(folder, usual -> usual.withEmbedding(EmbeddingSettings.DEFAULT))) {
      store(node, "The harbour opens at six in the morning");
      awaitDone(node, 1);
      var alike = memory("At 6 am the harbour opens", "content").put("threshold", 0.6);
      var found = ok(node.client().post("/api/v1/check_duplicate", alike));
      assertThat(found.get("is_duplicate").asBoolean()).isTrue();
      var nearest = found.get("nearest");
      assertThat(nearest.get("similarity").asDouble()).isBetween(0.6, 0.999);
      assertThat(found.get("suggested_merge")).isEqualTo(nearest.get("id"));
      var strict = ok(node.client().post("/api/v1/check_duplicate", alike.put("threshold", 1)));
      assertThat(strict.get("is_duplicate").asBoolean()).isFalse();
      assertThat(strict.get("nearest")).isEqualTo(nearest);
      assertThat(strict.get("suggested_merge").isNull()).isTrue();
    }
  }
}
