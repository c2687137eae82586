package dev.quorate.demo;

import dev.quorate.json.Json;
import dev.quorate.localmesh.LocalMesh;
import dev.quorate.localmesh.LocalNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// Agents that store one memory after the other, each on a node of its own, until they are closed.
final class Load implements AutoCloseable {
  private static final long PAUSE_NANOS = 20_000_000L;

  private final LocalMesh mesh;
  private final Receipts receipts;
  private final List<Thread> agents = new ArrayList<>();
  private volatile boolean closing;

  /// Starts one agent on each of these nodes.
  Load(LocalMesh mesh, List<LocalNode> nodes, Receipts receipts) {
    this.mesh = mesh;
    this.receipts = receipts;
    for (var node : nodes) agents.add(Thread.ofVirtual().start(() -> write(node)));
  }

  private void write(LocalNode node) {
    for (var number = 1; !closing; number++) {
      var memory =
          Json.object()
              .put("title", "Note %d of an agent at %s".formatted(number, node.place().id()))
              .put("content", "Written while a node of the mesh is killed and comes back.")
              .put("namespace", "demo/load");
      var answer = mesh.calls().send(node.place().url(), "POST", "/api/v1/memories", memory, "");
      if (answer.isPresent() && answer.get().ok()) {
        // In this order: what is counted is looked for in the end.
        receipts.expect(answer.get().json().path("id").asString(""));
        receipts.add(answer.get());
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /// Returns when the last write was answered.
  @Override
  public void close() {
    closing = true;
    try {
      for (var agent : agents) agent.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
