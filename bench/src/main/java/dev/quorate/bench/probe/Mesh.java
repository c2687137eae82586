package dev.quorate.bench.probe;

import dev.quorate.bench.wire.Endpoint;
import dev.quorate.json.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// The nodes that a server replicates to, and what that costs: read from its status and its
/// counters before and after a run. Not thread-safe.
public final class Mesh {
  private static final String STATUS = "/api/v1/cluster/status";
  private static final String DIGEST = "/api/v1/cluster/digest";
  private static final String METRICS = "/metrics";
  private static final String GAUGE = "process_resident_bytes";

  private static final long EQUAL_NANOS_MAX = TimeUnit.SECONDS.toNanos(120);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final Probe probe;
  private final Endpoint server;
  private final List<Endpoint> all;
  private final int writeQuorum;
  private final Pushed before;

  private Mesh(Probe probe, Endpoint server, List<Endpoint> all, int writeQuorum) {
    this.probe = probe;
    this.server = server;
    this.all = List.copyOf(all);
    this.writeQuorum = writeQuorum;
    this.before = pushed();
  }

  private record Pushed(double requests, double bytes, double items) {}

  /// What a run was like for the mesh.
  ///
  /// @param requestsPerItem push requests for each change and peer
  /// @param bytesPerItem bytes of bodies for each change and peer
  /// @param secondsToEqual from the end of the run until every node had the same digest, -1 when
  ///   they had not after two minutes
  /// @param residentBytesMin of the smallest node, 0 where none tells
  /// @param residentBytesMax of the greatest one
  public record Cost(
      int nodes,
      int writeQuorum,
      double requestsPerItem,
      double bytesPerItem,
      double secondsToEqual,
      long residentBytesMin,
      long residentBytesMax) {}

  /// The mesh of a server; none where it has no peers or tells nothing of them.
  public static Optional<Mesh> of(Endpoint server, @Nullable String apiKey) {
    var probe = new Probe(apiKey);
    try {
      var status = Json.parse(probe.ask(server, STATUS));
      var all = new ArrayList<>(List.of(server));
      for (var peer : status.path("peers")) {
        if (replica(peer)) all.add(Endpoint.parse(peer.path("url").asString("")));
      }
      if (all.size() == 1) return Optional.empty();
      return Optional.of(new Mesh(probe, server, all, status.path("write_quorum").asInt(0)));
    } catch (CannotRun | JacksonException | IllegalArgumentException _) {
      // A server of another make, or one whose peers cannot be reached from here.
      return Optional.empty();
    }
  }

  private static boolean replica(JsonNode peer) {
    return peer.path("role").asString("").equals("replica");
  }

  /// Waits until all nodes are equal, and tells what the run cost; to be called right at its end.
  /// Empty when a node does not answer.
  public Optional<Cost> cost() {
    var end = System.nanoTime();
    try {
      var equalNanos = awaitEqual(end);
      var after = pushed();
      var items = Math.max(1, after.items - before.items);
      var resident = all.stream().mapToLong(this::resident).filter(bytes -> bytes > 0).toArray();
      return Optional.of(
          new Cost(
              all.size(),
              writeQuorum,
              (after.requests - before.requests) / items,
              (after.bytes - before.bytes) / items,
              equalNanos < 0 ? -1 : equalNanos / 1e9,
              Arrays.stream(resident).min().orElse(0),
              Arrays.stream(resident).max().orElse(0)));
    } catch (CannotRun | JacksonException _) {
      return Optional.empty();
    }
  }

  private long awaitEqual(long since) {
    while (true) {
      var asked = System.nanoTime();
      if (all.stream().map(this::root).distinct().count() == 1) return asked - since;
      if (System.nanoTime() - since > EQUAL_NANOS_MAX) return -1;
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  private String root(Endpoint node) {
    return Json.parse(probe.ask(node, DIGEST)).path("root").asString("");
  }

  private long resident(Endpoint node) {
    return (long) sum(probe.ask(node, METRICS), GAUGE);
  }

  private Pushed pushed() {
    var metrics = probe.ask(server, METRICS);
    return new Pushed(
        sum(metrics, "quorate_push_requests_total"),
        sum(metrics, "quorate_push_bytes_total"),
        sum(metrics, "quorate_push_items_total"));
  }

  /// The sum over all labels of one metric.
  static double sum(String metrics, String name) {
    var sum = 0.0;
    for (var line : metrics.lines().toList()) {
      if (!line.startsWith(name + " ") && !line.startsWith(name + "{")) continue;
      try {
        sum += Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
      } catch (NumberFormatException _) {
        // Not a figure of ours.
      }
    }
    return sum;
  }
}
