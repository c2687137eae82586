package dev.quorate.acceptance;

import static dev.quorate.acceptance.NodeTest.MEMORIES;
import static dev.quorate.acceptance.NodeTest.answered;
import static dev.quorate.acceptance.NodeTest.memory;
import static dev.quorate.acceptance.NodeTest.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.settings.Secret;
import dev.quorate.testkit.Mesh;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Nodes that ask their clients for an API key ask each other for a signature.
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ProtectedMeshTest {
  private static final String[] KEY = {"X-API-Key", "open-sesame-open-sesame"};

  @TempDir Path folder;

  @Test
  void nodesWithApiKeysPushAndCatchUpBySignaturesAlone() {
    var plan =
        Mesh.of(folder, 3)
            .inThisProcess(usual -> usual.withHttp(usual.http().withApiKey(new Secret(KEY[1]))));
    try (var mesh = plan.make()) {
      mesh.node(0).start();
      mesh.node(1).start();
      var client = mesh.node(0).client();
      assertThat(client.post(MEMORIES, memory("T", "c")).status()).isEqualTo(401);
      var made = answered(201, client.post(MEMORIES, memory("T", "c"), KEY));
      var path = MEMORIES + "/" + made.get("id").asString();
      // Node 0 is gone when node 2 comes: it has to read what it lacks from node 1.
      mesh.node(0).stop();
      mesh.node(2).start();
      var late = mesh.node(2).client();
      Await.until(() -> late.get(path, KEY).status() == 200);
      assertThat(ok(late.get(path, KEY)).get("memory").get("title").asString()).isEqualTo("T");
    }
  }
}
