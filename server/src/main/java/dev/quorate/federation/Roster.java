package dev.quorate.federation;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Which node answers at which peer's address. Thread-safe.
final class Roster {
  private final String self;
  private final Map<String, String> nodeByLink = new HashMap<>();

  Roster(String self) {
    this.self = self;
  }

  /// Notes who answered a greeting. Returns false for an id that this node or another peer has: two
  /// that count as one would make a quorum of fewer nodes than it says. Whoever answered at the
  /// address before is not there any more either way, and may be found at another one.
  synchronized boolean register(String link, String node) {
    nodeByLink.remove(link);
    if (node.equals(self) || nodeByLink.containsValue(node)) return false;
    nodeByLink.put(link, node);
    notifyAll();
    return true;
  }

  /// Whether somebody has answered at the address.
  synchronized boolean met(String link) {
    return nodeByLink.containsKey(link);
  }

  /// Waits until the node has answered at some address. Returns whether it has.
  synchronized boolean await(String node, long millis) {
    var until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    try {
      while (!nodeByLink.containsValue(node)) {
        var left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
        if (left <= 0) return false;
        wait(left);
      }
      return true;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// The node's id, or the link's name before it was ever greeted.
  synchronized String node(String link) {
    return nodeByLink.getOrDefault(link, link);
  }

  synchronized Optional<String> link(String node) {
    return nodeByLink.entrySet().stream()
        .filter(entry -> entry.getValue().equals(node))
        .map(Map.Entry::getKey)
        .findFirst();
  }
}
