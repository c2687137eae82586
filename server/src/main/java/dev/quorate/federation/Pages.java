package dev.quorate.federation;

import dev.quorate.store.ReplicaStore;
import dev.quorate.time.Timestamps;
import dev.quorate.wire.Frame;
import dev.quorate.wire.Protocol;
import java.time.Instant;

/// The frame of what this node serves.
final class Pages {
  private Pages() {}

  static Frame frame(ReplicaStore store, long after, long upTo, boolean complete, Instant now) {
    return new Frame(
        Protocol.VERSION,
        store.nodeId(),
        store.epoch(),
        after,
        upTo,
        complete,
        Timestamps.render(now));
  }
}
