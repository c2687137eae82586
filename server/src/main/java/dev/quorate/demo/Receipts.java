package dev.quorate.demo;

import dev.quorate.localmesh.NodeCalls.Answer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What the nodes have acknowledged so far. Thread-safe.
final class Receipts {
  private final Map<String, Integer> countByNode = new HashMap<>();
  private final Set<String> memories = new HashSet<>();
  private int writes;

  /// The nodes that hold a write, as its answer says.
  static List<String> holders(Answer answer) {
    var nodes = new ArrayList<String>();
    for (var node : answer.json().path("quorum").path("nodes")) nodes.add(node.asString(""));
    return nodes;
  }

  /// Counts a write that was acknowledged.
  synchronized void add(Answer answer) {
    writes++;
    for (var node : holders(answer)) countByNode.merge(node, 1, Integer::sum);
  }

  /// A memory that must be found on every node from now on.
  synchronized void expect(String id) {
    memories.add(id);
  }

  /// A memory that is no longer expected anywhere.
  synchronized void forget(String id) {
    memories.remove(id);
  }

  synchronized int writes() {
    return writes;
  }

  /// How many of them name this node.
  synchronized int of(String node) {
    return countByNode.getOrDefault(node, 0);
  }

  synchronized Set<String> memories() {
    return Set.copyOf(memories);
  }
}
