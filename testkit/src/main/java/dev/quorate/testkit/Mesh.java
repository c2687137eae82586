package dev.quorate.testkit;

import dev.quorate.localmesh.FreePorts;
import dev.quorate.localmesh.Introduction;
import dev.quorate.localmesh.Place;
import dev.quorate.settings.PeerSettings;
import dev.quorate.settings.Settings;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/// Nodes that are one another's peers, each with its own directory, key and port, and with the keys
/// of the others enrolled. Ports and keys stay the same over restarts.
///
/// ```java
/// try (var mesh = Mesh.of(folder, 3).withProxies().make()) {
///   mesh.start();
///   mesh.isolate(2, new Fault.Cut());
///   ...
///   mesh.heal();
///   mesh.awaitConverged();
/// }
/// ```
public final class Mesh implements AutoCloseable {
  private static final Duration CONVERGED_WITHIN = Duration.ofSeconds(60);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

  private final MeshPlan plan;
  private final List<Place> places = new ArrayList<>();
  private final List<MeshNode> nodes = new ArrayList<>();
  private final Map<Line, FaultProxy> proxies = new HashMap<>();
  private final Set<Integer> removed = ConcurrentHashMap.newKeySet();

  /// A line by which one node reaches another.
  private record Line(int from, int to) {}

  Mesh(MeshPlan plan) {
    this.plan = plan;
    var ports = FreePorts.find(plan.nodes);
    for (var i = 0; i < plan.nodes; i++) {
      var id = "node-" + (i + 1);
      places.add(new Place(id, plan.folder.resolve(id), ports.get(i)));
    }
    Introduction.make(places);
    for (var i = 0; i < plan.nodes; i++) {
      var number = i;
      nodes.add(new MeshNode(places.get(i), () -> run(number)));
      if (!plan.proxied) continue;
      for (var to = 0; to < plan.nodes; to++) {
        if (to != i) proxies.put(new Line(i, to), FaultProxy.before(places.get(to).url()));
      }
    }
  }

  /// Begins to plan a mesh of this many nodes whose directories are made in a folder.
  public static MeshPlan of(Path folder, int nodes) {
    return new MeshPlan(folder, nodes);
  }

  private List<URI> peers(int node) {
    return IntStream.range(0, plan.nodes)
        .filter(to -> to != node && !removed.contains(to))
        .mapToObj(to -> plan.proxied ? proxy(node, to).address() : places.get(to).url())
        .toList();
  }

  private MeshNode.Run run(int number) {
    var place = places.get(number);
    if (plan.inProcess) {
      return new MeshNode.Run.InProcess(
          TestNode.start(place.data(), usual -> plan.settings.apply(settings(number, usual))));
    }
    var environment = new HashMap<>(plan.environment);
    environment.putAll(plan.environmentByNode.getOrDefault(number, Map.of()));
    return new MeshNode.Run.OwnProcess(
        NodeProcess.start(place.data(), environment, arguments(number)));
  }

  private Settings settings(int number, Settings usual) {
    var place = places.get(number);
    var peers = peers(number).stream().map(PeerSettings::replica).toList();
    return usual
        .withHttp(usual.http().withPort(place.port()))
        .withNodeId(place.id())
        .withFederation(usual.federation().withPeers(peers).withWriteQuorum(plan.writeQuorum));
  }

  private String[] arguments(int number) {
    var place = places.get(number);
    var arguments = new ArrayList<>(plan.arguments);
    arguments.addAll(List.of("--port", String.valueOf(place.port()), "--node-id", place.id()));
    var peers = peers(number).stream().map(URI::toString).toList();
    if (!peers.isEmpty()) {
      arguments.addAll(List.of("--quorum-peers", String.join(",", peers)));
      arguments.addAll(List.of("--quorum-writes", String.valueOf(plan.writeQuorum)));
    }
    return arguments.toArray(String[]::new);
  }

  /// Starts every node that does not run, and returns when all answer.
  public void start() {
    var starts =
        nodes.stream()
            .map(node -> CompletableFuture.runAsync(node::start, Mesh::ownThread))
            .toList();
    try {
      starts.forEach(CompletableFuture::join);
    } catch (CompletionException e) {
      throw new IllegalStateException("a node of the mesh did not start", e.getCause());
    }
  }

  private static void ownThread(Runnable task) {
    Thread.ofVirtual().start(task);
  }

  public List<MeshNode> nodes() {
    return List.copyOf(nodes);
  }

  /// One node.
  ///
  /// @param number from 0
  public MeshNode node(int number) {
    return nodes.get(number);
  }

  /// The proxy by which one node reaches another.
  ///
  /// @throws IllegalStateException if the mesh was made without proxies
  public FaultProxy proxy(int from, int to) {
    var proxy = proxies.get(new Line(from, to));
    if (proxy == null) {
      throw new IllegalStateException("there is no proxy from %d to %d".formatted(from, to));
    }
    return proxy;
  }

  /// Puts a fault into every line from and to a node. Its clients still reach it.
  public void isolate(int node, Fault fault) {
    proxies.forEach((line, proxy) -> {
      if (line.from() == node || line.to() == node) proxy.set(fault);
    });
  }

  /// Makes a node no peer of the others, from the next start of each on: they have no address of it
  /// any more. Their keys of it stay; `quorate peer remove` withdraws those.
  public void remove(int node) {
    removed.add(node);
  }

  /// Makes a removed node a peer again, from the next start of each other node on.
  public void readmit(int node) {
    removed.remove(node);
  }

  /// Takes the faults out of all lines.
  public void heal() {
    proxies.values().forEach(proxy -> proxy.set(new Fault.None()));
  }

  /// Returns when every node is in touch with every other one.
  public void awaitConnected() {
    await(() -> {
      var missing = new LinkedHashMap<String, String>();
      for (var node : nodes) {
        for (var peer : node.client().get("/api/v1/cluster/status").json().path("peers")) {
          var state = peer.path("state").asString("");
          if (!state.equals("connected")) missing.put(node.id() + " to " + peer.path("url"), state);
        }
      }
      return missing.isEmpty() ? "" : "these lines are not connected: " + missing;
    });
  }

  /// Returns the digest of all nodes when they hold the same.
  ///
  /// @throws AssertionError if they do not within a minute; it says what each holds
  public String awaitConverged() {
    await(() -> {
      var digests = new LinkedHashMap<String, String>();
      for (var node : nodes) digests.put(node.id(), node.digest());
      return new HashSet<>(digests.values()).size() == 1 ? "" : "the nodes differ: " + digests;
    });
    return nodes.getFirst().digest();
  }

  /// What is in the way of a condition; empty for nothing.
  @FunctionalInterface
  private interface Obstacle {
    String look();
  }

  private static void await(Obstacle obstacle) {
    var deadline = System.nanoTime() + CONVERGED_WITHIN.toNanos();
    while (true) {
      String found;
      try {
        found = obstacle.look();
      } catch (UncheckedIOException | IllegalStateException e) {
        found = "a node does not answer: " + e.getMessage();
      }
      if (found.isEmpty()) return;
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("after %d s %s".formatted(CONVERGED_WITHIN.toSeconds(), found));
      }
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
    }
  }

  /// Ends every node and every proxy.
  @Override
  public void close() {
    proxies.values().forEach(FaultProxy::close);
    nodes.forEach(MeshNode::close);
  }
}
