package dev.quorate.acceptance;

import static dev.quorate.acceptance.NodeTest.MEMORIES;
import static dev.quorate.acceptance.NodeTest.answered;
import static dev.quorate.acceptance.NodeTest.memory;
import static dev.quorate.acceptance.NodeTest.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.settings.EmbedderKind;
import dev.quorate.settings.EmbeddingSettings;
import dev.quorate.settings.FederationSettings;
import dev.quorate.settings.Settings;
import dev.quorate.testkit.TestNode;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A vector that is there when its memory is stored goes to the peers with it.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReadyVectorTest {
  @TempDir Path folder;
  private final FakeModel model = new FakeModel();
  private FakePeer peer;
  private TestNode node;

  @BeforeEach
  void start() {
    var data = folder.resolve("node");
    peer = new FakePeer(folder, "peer").knownTo(data).speaking("e");
    node = TestNode.start(data, this::settings);
    Await.until(() -> ok(node.client().get("/api/v1/health")).get("embedder_ready").asBoolean());
  }

  private Settings settings(Settings usual) {
    var federation =
        FederationSettings.DEFAULT.withPeers(List.of(peer.replica())).withWriteQuorum(2);
    var url = URI.create(model.url());
    return usual
        .withFederation(federation)
        .withEmbedding(new EmbeddingSettings(EmbedderKind.OPENAI, url, "fake", null, 5, 60));
  }

  @AfterEach
  void stop() {
    node.close();
    peer.close();
    model.close();
  }

  @Test
  void aVectorThatIsReadyGoesInThePushOfItsMemoryAndIsNotMadeAgain() {
    // Who asks whether it is there already has its vector made.
    ok(node.client().post("/api/v1/check_duplicate", memory("T", "words")));
    assertThat(model.texts()).containsExactly("T\nwords");
    model.mood(FakeModel.Mood.NEVER);
    var stored = answered(201, node.client().post(MEMORIES, memory("T", "words")));
    assertThat(stored.get("embed_status").asString()).isEqualTo("ready");

    assertThat(peer.pushes())
        .filteredOn(push -> !push.path("memories").isEmpty())
        .singleElement()
        .satisfies(push -> {
          assertThat(push.path("embeddings")).as(push.toString()).hasSize(1);
          var vector = push.get("embeddings").get(0);
          assertThat(vector.get("memory_id")).isEqualTo(stored.get("id"));
          assertThat(vector.get("model").asString()).isEqualTo("fake");
          assertThat(vector.get("dim").asInt()).isEqualTo(3);
        });
    assertThat(ok(node.client().get("/api/v1/embedding")).get("done").asInt()).isOne();
    assertThat(model.texts()).hasSize(1);
  }

  @Test
  void aVectorOfAnotherTextStaysBehind() {
    ok(node.client().post("/api/v1/check_duplicate", memory("T", "words")));
    model.mood(FakeModel.Mood.NEVER);
    var stored = answered(201, node.client().post(MEMORIES, memory("T", "other words")));
    assertThat(stored.get("embed_status").asString()).isEqualTo("pending");
    assertThat(peer.items("memories")).hasSize(1);
    assertThat(peer.items("embeddings")).isEmpty();
  }
}
