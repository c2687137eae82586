package dev.quorate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.json.Json;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A node that is told to end.
class StopIT {
  /// A process that ends after SIGTERM: by itself, or as the signal's own number says.
  private static final Integer[] ENDED = {0, 143};

  @TempDir Path data;

  @Test
  void aRequestUnderWayIsFinishedFirst() throws Exception {
    var memory = Json.object().put("title", "Under way").put("content", "wombat");
    var call =
        Call.of("POST", "/api/v1/memories")
            .json(memory)
            // The node's go-ahead tells that it waits for the body and nothing else.
            .header("Expect", "100-continue");
    try (var node = Nodes.start(data);
        var wire = new Wire(Nodes.address(node))) {
      wire.begin(call);
      assertThat(wire.receive("POST").status()).isEqualTo(100);
      var exitCode = CompletableFuture.supplyAsync(node::stop);
      Await.until(() -> node.output().contains("is stopping"));
      assertThat(exitCode).isNotDone();
      wire.finish(call);
      assertThat(wire.receive("POST").status()).isEqualTo(201);
      assertThat(exitCode.join()).isIn((Object[]) ENDED);
      assertThat(node.output()).contains("has stopped");
    }
    try (var node = Nodes.start(data)) {
      var found = node.client().get("/api/v1/search?q=wombat").json();
      assertThat(found.get("count").asInt()).isEqualTo(1);
    }
  }

  @Test
  void aStopUnderLoadLosesNothingAndLeavesAnIndexToGoOnWith() throws Exception {
    var writers = new Writers(6, new SplittableRandom(7));
    try (var node = Nodes.start(data)) {
      writers.writeUntil(node, 200, () -> assertThat(node.stop()).isIn((Object[]) ENDED));
      assertThat(node.output()).doesNotContain("Exception").doesNotContain("\tat ");
    }
    try (var node = Nodes.start(data)) {
      writers.check(node.client(), "after a stop");
      assertThat(node.output()).doesNotContain("is built from the store");
    }
  }

  @Test
  void anIndexThatIsGoneIsBuiltAgain() throws Exception {
    try (var node = Nodes.start(data)) {
      var memory = Json.object().put("title", "Kept").put("content", "wombat");
      assertThat(node.client().post("/api/v1/memories", memory).status()).isEqualTo(201);
      assertThat(node.stop()).isIn((Object[]) ENDED);
    }
    Folders.delete(data.resolve("search"));
    try (var node = Nodes.start(data)) {
      var found = node.client().get("/api/v1/search?q=wombat").json();
      assertThat(found.get("count").asInt()).isEqualTo(1);
      assertThat(found.get("results").get(0).get("title").asString()).isEqualTo("Kept");
    }
  }
}
