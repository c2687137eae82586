package dev.quorate.demo;

import dev.quorate.localmesh.LocalMesh;
import dev.quorate.localmesh.LocalNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// What the nodes of a mesh say about themselves and one another. Thread-safe.
final class Look {
  private static final String ROW = "  %-8s %-6s %-24s %10s %8s %8s";

  private final LocalMesh mesh;
  private final Receipts receipts;

  Look(LocalMesh mesh, Receipts receipts) {
    this.mesh = mesh;
    this.receipts = receipts;
  }

  /// A table of the nodes: what each has committed, what it lacks of the others, and how many
  /// writes name it as a holder.
  List<String> table() {
    var statuses = new LinkedHashMap<LocalNode, Optional<JsonNode>>();
    for (var node : mesh.nodes()) statuses.put(node, status(node));
    var lines = new ArrayList<String>();
    lines.add(
        ROW.formatted("NODE", "STATE", "ADDRESS", "COMMITTED", "LAG", "ACKS").stripTrailing());
    statuses.forEach((node, status) -> {
      var place = node.place();
      var committed = status.map(json -> json.path("committed").asString("-")).orElse("-");
      lines.add(
          ROW.formatted(
              place.id(),
              status.isPresent() ? "up" : "down",
              place.url(),
              committed,
              lag(node, statuses),
              receipts.of(place.id())));
    });
    return lines;
  }

  /// How many changes the others have that it has not confirmed.
  private static String lag(LocalNode node, Map<LocalNode, Optional<JsonNode>> statuses) {
    var lag = 0L;
    var known = false;
    for (var status : statuses.values()) {
      if (status.isEmpty()) continue;
      for (var peer : status.get().path("peers")) {
        if (!peer.path("url").asString("").equals(node.place().url().toString())) continue;
        lag += peer.path("lag").asLong(0);
        known = true;
      }
    }
    return known ? String.valueOf(lag) : "-";
  }

  /// Whether every node is in touch with every other one, and owes it nothing.
  boolean connected() {
    return mesh.nodes().stream()
        .allMatch(node ->
            status(node)
                .map(status -> {
                  for (var peer : status.path("peers")) {
                    if (!peer.path("state").asString("").equals("connected")) return false;
                  }
                  return true;
                })
                .orElse(false));
  }

  private Optional<JsonNode> status(LocalNode node) {
    if (!node.running()) return Optional.empty();
    return answer(node, "/api/v1/cluster/status");
  }

  /// The digest of every node that answers, by the node's id.
  Map<String, String> digests() {
    var digests = new LinkedHashMap<String, String>();
    for (var node : mesh.nodes()) {
      answer(node, "/api/v1/cluster/digest")
          .ifPresent(json -> digests.put(node.place().id(), json.path("root").asString("")));
    }
    return digests;
  }

  /// Whether all nodes answer, and hold the same.
  boolean equal() {
    var digests = digests();
    return digests.size() == mesh.nodes().size() && new HashSet<>(digests.values()).size() == 1;
  }

  /// The ids of all live memories of a node; empty if it does not answer.
  Optional<Set<String>> memories(LocalNode node) {
    return answer(node, "/api/v1/export")
        .map(json -> {
          var ids = new HashSet<String>();
          for (var memory : json.path("memories")) ids.add(memory.path("id").asString(""));
          return ids;
        });
  }

  private Optional<JsonNode> answer(LocalNode node, String path) {
    return mesh.calls()
        .get(node.place().url(), path)
        .filter(answer -> answer.ok())
        .map(answer -> answer.json());
  }
}
