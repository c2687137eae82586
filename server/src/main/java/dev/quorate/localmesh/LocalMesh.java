package dev.quorate.localmesh;

import dev.quorate.failure.NodeFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// Nodes on this machine that are one another's peers. Thread-safe.
public final class LocalMesh implements AutoCloseable {
  private static final long START_NANOS_MAX = 60_000_000_000L;

  /// Fifty processes that start together on a few processors would each take longer than a node
  /// may.
  private static final int STARTED_AT_ONCE = 2 * Runtime.getRuntime().availableProcessors();

  private static final long LOOK_NANOS = 50_000_000L;
  private static final String GRACE_SECS = "3";

  /// What a mesh has that is to be there soon and to be small.
  public static final String NO_EMBEDDER = "off";

  private final List<LocalNode> nodes;
  private final NodeCalls calls = new NodeCalls();

  /// Prepares nodes `node-1`, `node-2` ... in folders of these names: their directories and keys
  /// are there on return, no process is. They make no vectors.
  ///
  /// @param ports one for each node
  /// @param writeQuorum how many nodes must hold a write
  /// @throws NodeFailure if the folder cannot be written
  public LocalMesh(Path folder, List<Integer> ports, int writeQuorum, NodeJvm jvm) {
    this(folder, ports, writeQuorum, jvm, NO_EMBEDDER);
  }

  /// The same with something that makes vectors, on every node: a model in the process costs each
  /// some 100 MiB.
  ///
  /// @param embedder as `serve --embedder` takes it
  public LocalMesh(
      Path folder, List<Integer> ports, int writeQuorum, NodeJvm jvm, String embedder) {
    var places = new ArrayList<Place>();
    for (var port : ports) {
      var id = "node-" + (places.size() + 1);
      places.add(new Place(id, directory(folder.resolve(id)), port));
    }
    Introduction.make(places);
    nodes =
        places.stream()
            .map(
                place -> new LocalNode(place, jvm, arguments(place, places, writeQuorum, embedder)))
            .toList();
  }

  private static Path directory(Path path) {
    try {
      Files.createDirectories(path.toAbsolutePath().getParent());
      if (Files.isDirectory(path)) return path;
      var owners = PosixFilePermissions.fromString("rwx------");
      return Files.createDirectory(path, PosixFilePermissions.asFileAttribute(owners));
    } catch (IOException e) {
      throw new NodeFailure("the directory %s cannot be made: %s".formatted(path, e), e);
    }
  }

  private static List<String> arguments(
      Place place, List<Place> places, int writeQuorum, String embedder) {
    var arguments =
        new ArrayList<>(
            List.of(
                "serve",
                "--host",
                "127.0.0.1",
                "--port",
                String.valueOf(place.port()),
                "--data",
                place.data().toString(),
                "--node-id",
                place.id(),
                "--shutdown-grace-secs",
                GRACE_SECS,
                "--embedder",
                embedder));
    var peers = places.stream().filter(other -> !other.equals(place)).toList();
    if (!peers.isEmpty()) {
      arguments.add("--quorum-peers");
      arguments.add(String.join(",", peers.stream().map(peer -> peer.url().toString()).toList()));
      arguments.add("--quorum-writes");
      arguments.add(String.valueOf(writeQuorum));
    }
    return arguments;
  }

  public List<LocalNode> nodes() {
    return nodes;
  }

  /// A client of these nodes, valid until the mesh is closed.
  public NodeCalls calls() {
    return calls;
  }

  /// Starts every node and returns when all answer.
  ///
  /// @throws NodeFailure if one ends or does not answer in time
  public void start() {
    for (var from = 0; from < nodes.size(); from += STARTED_AT_ONCE) {
      var some = nodes.subList(from, Math.min(nodes.size(), from + STARTED_AT_ONCE));
      some.forEach(LocalNode::start);
      some.forEach(this::awaitAnswer);
    }
  }

  /// Returns when a node that was started answers.
  ///
  /// @throws NodeFailure if it ends or does not answer in time
  public void awaitAnswer(LocalNode node) {
    var deadline = System.nanoTime() + START_NANOS_MAX;
    while (!answers(node)) {
      if (!node.running()) {
        throw new NodeFailure("%s ended: %s".formatted(node.place().id(), node.lastLine()));
      }
      if (System.nanoTime() - deadline > 0) {
        throw new NodeFailure(
            "%s does not answer after %d s; %s says why"
                .formatted(node.place().id(), START_NANOS_MAX / 1_000_000_000, node.log()));
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  /// Whether it is this very node that answers at its address.
  private boolean answers(LocalNode node) {
    return calls
        .get(node.place().url(), "/api/v1/cluster/digest")
        .filter(answer -> answer.json().path("node").asString("").equals(node.place().id()))
        .isPresent();
  }

  /// Ends every process, and returns when none is left.
  @Override
  public void close() {
    nodes.forEach(LocalNode::close);
    var stops = nodes.stream().map(node -> Thread.ofPlatform().start(node::stop)).toList();
    try {
      for (var stop : stops) stop.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    calls.close();
  }
}
