package dev.quorate.federation;

import dev.quorate.replication.PeerState;
import dev.quorate.store.ReplicaStore;
import dev.quorate.time.Timestamps;
import dev.quorate.wire.Frame;
import dev.quorate.wire.Protocol;
import dev.quorate.wire.PushBody;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/// Makes batches ready to be sent. Peers that stand at the same cursor share one batch: it is read,
/// encoded and signed once. Thread-safe.
final class Outbox {
  /// How long a batch is shared. Longer would send old states where newer ones are known.
  private static final long SHARED_MILLIS = 200;

  private static final int SHARED_MAX = 8;

  private final ReplicaStore store;
  private final BatchReader reader;
  private final Envelope envelope;
  private final InstantSource wallClock;
  private final Map<Long, Shared> shared = new LinkedHashMap<>();

  Outbox(ReplicaStore store, BatchReader reader, Envelope envelope, InstantSource wallClock) {
    this.store = store;
    this.reader = reader;
    this.envelope = envelope;
    this.wallClock = wallClock;
  }

  /// What is sent: the bytes, and the headers that sign them for their first use.
  static final class Shipment {
    private final Prepared prepared;
    private final byte[] body;
    private final Map<String, String> signature;

    Shipment(Prepared prepared, byte[] body, Map<String, String> signature) {
      this.prepared = prepared;
      this.body = body;
      this.signature = signature;
    }

    Prepared prepared() {
      return prepared;
    }

    byte[] body() {
      return body;
    }

    Map<String, String> signature() {
      return signature;
    }
  }

  private record Shared(Shipment shipment, long atMillis) {
    /// What comes from a time that is still to come is old, too: the clock was set back.
    boolean isOver(long nowMillis) {
      return atMillis + SHARED_MILLIS < nowMillis || atMillis > nowMillis;
    }
  }

  /// The next batch after a cursor.
  ///
  /// @param whole whether the peer lacks nothing before the cursor
  Shipment next(long after, int unitsMax, boolean whole) {
    if (!whole || unitsMax < PeerState.UNITS_MAX) {
      return ship(store.look(snapshot -> reader.push(snapshot, after, unitsMax)), whole);
    }
    synchronized (shared) {
      var now = wallClock.millis();
      shared.values().removeIf(entry -> entry.isOver(now));
      var there = shared.get(after);
      if (there != null) return there.shipment();
      var made = ship(store.look(snapshot -> reader.push(snapshot, after, unitsMax)), true);
      if (shared.size() >= SHARED_MAX) shared.remove(shared.keySet().iterator().next());
      shared.put(after, new Shared(made, now));
      return made;
    }
  }

  /// Bytes of a batch for one peer.
  Shipment ship(Prepared prepared, boolean whole) {
    var batch = prepared.batch();
    var frame =
        new Frame(
            Protocol.VERSION,
            store.nodeId(),
            store.epoch(),
            batch.after(),
            batch.upTo(),
            batch.complete() && whole,
            Timestamps.render(wallClock.instant()));
    if (batch.parcels().isEmpty()) return new Shipment(prepared, new byte[0], Map.of());
    var body = PushBody.write(store.nodeId(), frame, prepared.items());
    return new Shipment(prepared, body, envelope.sign(body));
  }

  BatchReader reader() {
    return reader;
  }
}
