package dev.quorate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.identity.NodeKey;
import dev.quorate.json.Json;
import dev.quorate.testkit.Mesh;
import dev.quorate.testkit.MeshNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A node that was no peer for a while and becomes one again, with the store that it had.
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RemovedPeerIT {
  private static final int LEAVES = 2;

  @TempDir Path folder;

  private static String stored(MeshNode node, String title) {
    var memory = Json.object().put("title", title).put("content", "kept");
    var answer = node.client().post("/api/v1/memories", memory);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
    return answer.json().get("id").asString();
  }

  private static int found(MeshNode node, String id) {
    return node.client().get("/api/v1/memories/" + id).status();
  }

  private void run(String... command) throws Exception {
    var ended = new Program(folder).run(command);
    assertThat(ended.exitCode()).as(ended.toString()).isZero();
  }

  @Test
  void aRemovedPeerThatJoinsAgainBringsNoDeletedMemoryBack() throws Exception {
    try (var mesh = Mesh.of(folder, 3).withEnvironment(Nodes.SHORT_LIVED).make()) {
      mesh.start();
      var stay = List.of(mesh.node(0), mesh.node(1));
      var leaves = mesh.node(LEAVES);
      var deleted = List.of(stored(stay.getFirst(), "deleted"), stored(leaves, "deleted, too"));
      var changed = stored(leaves, "changed while it is away");
      var key = folder.resolve("left.pub");
      Files.writeString(key, NodeKey.findOrMake(leaves.data()).publicKey().text());
      mesh.awaitConverged();
      mesh.remove(LEAVES);
      for (var node : stay) {
        node.stop();
        run("peer", "remove", leaves.id(), "--data", node.data().toString());
        node.start();
      }
      for (var id : deleted) {
        var answer = stay.getFirst().client().delete("/api/v1/memories/" + id);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
      }
      var body = Json.object().put("content", "changed");
      assertThat(stay.getLast().client().put("/api/v1/memories/" + changed, body).status())
          .isEqualTo(200);
      // It goes on alone, and nobody listens to it.
      var memory = Json.object().put("title", "written alone").put("content", "kept");
      var alone = leaves.client().post("/api/v1/memories", memory);
      assertThat(alone.status()).as(alone.toString()).isEqualTo(503);
      assertThat(found(leaves, deleted.getFirst())).isEqualTo(200);
      mesh.readmit(LEAVES);
      for (var node : stay) {
        node.stop();
        run(
            "peer",
            "add",
            "--key",
            key.toString(),
            "--id",
            leaves.id(),
            "--data",
            node.data().toString());
        node.start();
      }
      mesh.awaitConverged();
      for (var node : mesh.nodes()) {
        for (var id : deleted) assertThat(found(node, id)).as(node.id()).isEqualTo(404);
        assertThat(found(node, alone.json().path("id").asString())).as(node.id()).isEqualTo(200);
        var there = node.client().get("/api/v1/memories/" + changed).json().path("memory");
        assertThat(there.path("content").asString()).as(node.id()).isEqualTo("changed");
      }
    }
  }
}
