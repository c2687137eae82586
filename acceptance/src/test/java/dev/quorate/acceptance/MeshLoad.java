package dev.quorate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.testkit.Mesh;
import dev.quorate.testkit.MeshNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/// Clients that write to some nodes of a mesh until they are closed, and know what has to be on
/// every node afterwards.
final class MeshLoad implements AutoCloseable {
  private final List<MeshWriter> writers = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final AtomicInteger acknowledged = new AtomicInteger();
  private volatile boolean closing;

  /// Starts one client for each of these nodes; a node named twice has two.
  MeshLoad(List<MeshNode> nodes, long seed) {
    this(nodes, seed, "writer");
  }

  /// The same for one of several loads of a mesh.
  ///
  /// @param name what their namespaces begin with, which no other load's do
  MeshLoad(List<MeshNode> nodes, long seed, String name) {
    var random = new SplittableRandom(seed);
    for (var node : nodes) {
      var writer = new MeshWriter(node, name + writers.size(), random.split());
      writers.add(writer);
      threads.add(
          Thread.ofVirtual()
              .uncaughtExceptionHandler((_, failure) -> failures.add(failure))
              .start(() -> {
                while (!closing) {
                  if (writer.write()) acknowledged.incrementAndGet();
                }
              }));
    }
  }

  /// Returns when so many more writes were acknowledged.
  void await(int more) {
    var wanted = acknowledged.get() + more;
    Await.until(() -> acknowledged.get() >= wanted || !failures.isEmpty());
    assertThat(failures).isEmpty();
  }

  /// Returns when the last write was answered.
  @Override
  public void close() {
    closing = true;
    for (var thread : threads) join(thread);
    assertThat(failures).isEmpty();
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted before the last write was answered", e);
    }
  }

  /// Asserts that the nodes become equal, and that nothing acknowledged is missing on any.
  void check(Mesh mesh) {
    mesh.awaitConverged();
    assertThat(writers.stream().mapToInt(MeshWriter::count).sum()).isPositive();
    for (var node : mesh.nodes()) {
      var there = contents(node);
      for (var writer : writers) assertThat(writer.complaints(there)).as(node.id()).isEmpty();
    }
  }

  private static Map<String, String> contents(MeshNode node) {
    var contents = new HashMap<String, String>();
    for (var memory : node.client().get("/api/v1/export").json().get("memories")) {
      contents.put(memory.get("id").asString(), memory.get("content").asString());
    }
    return contents;
  }
}
