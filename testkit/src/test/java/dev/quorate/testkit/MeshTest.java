package dev.quorate.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quorate.json.Json;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MeshTest {
  @TempDir Path folder;

  private static Answer store(MeshNode node, String title) {
    var memory = Json.object().put("title", title).put("content", "kept");
    return node.client().post("/api/v1/memories", memory);
  }

  @Test
  void whatOneNodeAcknowledgesAllHold() {
    try (var mesh = Mesh.of(folder, 3).inThisProcess(usual -> usual).make()) {
      mesh.start();
      var answer = store(mesh.node(0), "one");
      assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
      assertThat(answer.json().path("quorum_acks").asInt()).isGreaterThanOrEqualTo(2);
      mesh.awaitConverged();
      var id = answer.json().path("id").asString();
      for (var node : mesh.nodes()) {
        assertThat(node.client().get("/api/v1/memories/" + id).status()).isEqualTo(200);
      }
    }
  }

  @Test
  void aNodeThatIsCutOffIsHealedAndComesBackAtItsPort() {
    try (var mesh = Mesh.of(folder, 3).withProxies().inThisProcess(usual -> usual).make()) {
      mesh.start();
      mesh.awaitConnected();
      mesh.isolate(2, new Fault.Cut());
      assertThat(store(mesh.node(2), "alone").status()).isEqualTo(503);
      assertThat(store(mesh.node(0), "together").status()).isEqualTo(201);
      assertThat(mesh.node(2).digest()).isNotEqualTo(mesh.node(0).digest());
      mesh.heal();
      mesh.awaitConverged();
      mesh.node(2).stop();
      assertThat(store(mesh.node(0), "without it").status()).isEqualTo(201);
      mesh.node(2).start();
      mesh.awaitConverged();
      assertThat(mesh.node(2).client().get("/api/v1/memories").json().path("memories")).hasSize(3);
    }
  }

  @Test
  void aNodeInThisProcessCannotBeKilled() {
    try (var mesh = Mesh.of(folder, 1).inThisProcess(usual -> usual).make()) {
      assertThatThrownBy(() -> mesh.node(0).kill()).hasMessage("node-1 does not run");
      mesh.start();
      assertThatThrownBy(() -> mesh.node(0).kill()).hasMessageContaining("runs in this process");
      assertThatThrownBy(() -> mesh.proxy(0, 0)).isInstanceOf(IllegalStateException.class);
    }
  }
}
