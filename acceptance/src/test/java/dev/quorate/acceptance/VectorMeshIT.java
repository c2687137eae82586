package dev.quorate.acceptance;

import static dev.quorate.acceptance.NodeTest.MEMORIES;
import static dev.quorate.acceptance.NodeTest.answered;
import static dev.quorate.acceptance.NodeTest.memory;
import static dev.quorate.acceptance.NodeTest.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.testkit.Mesh;
import dev.quorate.testkit.MeshNode;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Vectors in a mesh of three processes that share one endpoint, which counts what it is asked.
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class VectorMeshIT {
  private static final int EACH = 40;

  private final FakeModel model = new FakeModel();
  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init") // each test begins with its start
  private Mesh mesh;

  @AfterEach
  void end() {
    if (mesh != null) mesh.close();
    model.close();
  }

  private void start(Map<String, String> third) {
    mesh = Mesh.of(folder, 3).withEnvironment(model.environment()).withEnvironment(2, third).make();
    mesh.start();
    mesh.awaitConnected();
  }

  @Test
  void eachMemoryIsEmbeddedOnceInTheMesh() {
    start(Map.of());
    for (var i = 0; i < EACH; i++) {
      for (var node : mesh.nodes()) store(node, "Title " + i + " of " + node.id());
    }
    for (var node : mesh.nodes()) awaitDone(node, 3 * EACH);
    mesh.awaitConverged();
    assertThat(model.texts()).hasSize(3 * EACH).doesNotHaveDuplicates();
    // Neither a look through everything nor a restart makes one again.
    answered(202, mesh.node(0).client().post("/api/v1/reindex", ""));
    mesh.node(1).stop();
    mesh.node(1).start();
    awaitDone(mesh.node(1), 3 * EACH);
    store(mesh.node(0), "One more");
    for (var node : mesh.nodes()) awaitDone(node, 3 * EACH + 1);
    assertThat(model.texts()).hasSize(3 * EACH + 1).doesNotHaveDuplicates();
  }

  @Test
  void forANodeThatWasKilledAnotherMakesTheVectors() {
    start(Map.of());
    model.mood(FakeModel.Mood.NEVER);
    for (var i = 0; i < EACH; i++) store(mesh.node(0), "Title " + i);
    mesh.awaitConverged();
    mesh.node(0).kill();
    model.mood(FakeModel.Mood.WELL);
    awaitDone(mesh.node(1), EACH);
    awaitDone(mesh.node(2), EACH);
    assertThat(model.texts()).hasSize(EACH).doesNotHaveDuplicates();
  }

  @Test
  void aNodeWithoutAnEmbedderGetsItsVectorsFromTheOthers() {
    start(
        Map.of(
            "QUORATE_EMBEDDING_EMBEDDER", "off",
            "QUORATE_EMBEDDING_URL", "",
            "QUORATE_EMBEDDING_MODEL", ""));
    for (var i = 0; i < EACH; i++) {
      var stored = store(mesh.node(2), "Title " + i);
      assertThat(stored.get("embed_status").asString()).isEqualTo("off");
      assertThat(stored.get("embed_status_reason").asString()).isNotBlank();
    }
    awaitDone(mesh.node(0), EACH);
    mesh.awaitConverged();
    assertThat(model.texts()).hasSize(EACH).doesNotHaveDuplicates();
    assertThat(ok(mesh.node(2).client().get("/api/v1/health")).get("embedder_ready").asBoolean())
        .isFalse();
  }

  private static JsonNode store(MeshNode node, String title) {
    return answered(201, node.client().post(MEMORIES, memory(title, "text")));
  }

  private static void awaitDone(MeshNode node, long memories) {
    Await.until(() -> {
      var embedding = ok(node.client().get("/api/v1/health")).get("embedding");
      return embedding.path("done").asLong(-1) == memories
          && embedding.get("pending").asLong() == 0;
    });
  }
}
