package dev.quorate.federation;

import dev.quorate.store.Origin;
import dev.quorate.store.ReplicaStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Up to where everything of each other node is here, for readers that wait for something they
/// wrote elsewhere. Thread-safe.
final class Holdings {
  private final ReplicaStore store;
  private final Pulse moved = new Pulse();
  private volatile Map<String, Long> through = Map.of();

  Holdings(ReplicaStore store) {
    this.store = store;
    refresh();
  }

  /// Something was taken in.
  void refresh() {
    take(store.look(snapshot -> snapshot.peers().holdings()));
  }

  /// One origin has moved; a number that is lower than the known one changes nothing.
  void moved(Origin origin) {
    synchronized (this) {
      var more = new HashMap<>(through);
      more.merge(name(origin.node(), origin.epoch()), origin.sequence(), Math::max);
      through = Map.copyOf(more);
    }
    moved.beat();
  }

  private void take(List<Origin> origins) {
    synchronized (this) {
      var more = new HashMap<>(through);
      for (var origin : origins) {
        more.merge(name(origin.node(), origin.epoch()), origin.sequence(), Math::max);
      }
      through = Map.copyOf(more);
    }
    moved.beat();
  }

  /// Waits until everything up to there is here. Returns whether it is.
  boolean await(Origin wanted, long millis) {
    var deadline = System.nanoTime() + millis * 1_000_000;
    try {
      while (true) {
        var seen = moved.beats();
        if (holds(wanted)) return true;
        var left = (deadline - System.nanoTime()) / 1_000_000;
        if (left <= 0) return false;
        moved.await(seen, left);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  boolean holds(Origin wanted) {
    return through.getOrDefault(name(wanted.node(), wanted.epoch()), -1L) >= wanted.sequence();
  }

  private static String name(String node, String epoch) {
    return node + "\n" + epoch;
  }
}
