package dev.quorate.federation;

import dev.quorate.store.Origin;
import dev.quorate.store.ReplicaSnapshot;
import dev.quorate.wire.Frame;
import java.util.HashMap;
import java.util.Map;

/// Up to where what other nodes push has come here without a gap. A node that does not know yet
/// that this store was restored from a backup goes on where the lost one stood: what it sends then
/// says nothing about what is missing before it. Thread-safe.
public final class Reach {
  private final Map<String, Long> reached = new HashMap<>();

  /// Whether nothing that the node made is missing before this frame.
  public boolean follows(ReplicaSnapshot snapshot, Frame frame) {
    if (frame.after() == 0) return true;
    var known = reached(frame);
    return frame.after() <= known || frame.after() <= held(snapshot, frame);
  }

  private static long held(ReplicaSnapshot snapshot, Frame frame) {
    return snapshot.peers().holdings().stream()
        .filter(origin -> origin.node().equals(frame.node()))
        .filter(origin -> origin.epoch().equals(frame.epoch()))
        .mapToLong(Origin::sequence)
        .max()
        .orElse(0);
  }

  private synchronized long reached(Frame frame) {
    return reached.getOrDefault(name(frame), 0L);
  }

  /// A frame that followed is on disk.
  public synchronized void came(Frame frame) {
    reached.merge(name(frame), frame.upTo(), Math::max);
  }

  private static String name(Frame frame) {
    return frame.node() + "\n" + frame.epoch();
  }
}
