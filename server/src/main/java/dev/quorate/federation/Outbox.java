package dev.quorate.federation;

import dev.quorate.failure.Answers;
import dev.quorate.replication.PeerState;
import dev.quorate.store.ReplicaStore;
import dev.quorate.time.Timestamps;
import dev.quorate.wire.Frame;
import dev.quorate.wire.Protocol;
import dev.quorate.wire.PushBody;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/// Makes batches ready to be sent. Peers that stand at the same cursor share one batch: it is read,
/// encoded and signed once. Thread-safe.
final class Outbox {
  private static final Logger LOG = System.getLogger(Outbox.class.getName());

  /// How long a batch is shared. Longer would send old states where newer ones are known.
  private static final long SHARED_MILLIS = 200;

  /// A large one is worth more than what is newest of it: what has changed since follows anyway.
  private static final long LARGE_SHARED_MILLIS = 5_000;

  private static final int LARGE_ITEMS = PeerState.UNITS_MAX / 2;
  private static final int LARGE_BYTES = BatchReader.BYTES_MAX / 2;

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

    /// Whether it is of a backlog, so that the next one may well be as large.
    private boolean isLarge() {
      return prepared.items().size() >= LARGE_ITEMS || body.length >= LARGE_BYTES;
    }
  }

  private record Shared(FutureTask<Shipment> shipment, long atMillis) {
    /// Also when the clock was set back: nobody can tell how old it is then.
    boolean isOver(long nowMillis) {
      var kept = isLarge() ? LARGE_SHARED_MILLIS : SHARED_MILLIS;
      return nowMillis < atMillis || nowMillis > atMillis + kept;
    }

    private boolean isLarge() {
      return shipment.state() == Future.State.SUCCESS && shipment.resultNow().isLarge();
    }
  }

  /// The next batch after a cursor.
  ///
  /// @param whole whether the peer lacks nothing before the cursor
  Shipment next(long after, int unitsMax, boolean whole) {
    if (!whole || unitsMax < PeerState.UNITS_MAX) {
      return ship(store.look(snapshot -> reader.push(snapshot, after, unitsMax)), whole);
    }
    FutureTask<Shipment> made;
    synchronized (shared) {
      var now = wallClock.millis();
      shared.values().removeIf(entry -> entry.isOver(now));
      var there = shared.get(after);
      if (there == null) {
        if (shared.size() >= SHARED_MAX) shared.remove(shared.keySet().iterator().next());
        there = new Shared(new FutureTask<>(() -> make(after, unitsMax)), now);
        shared.put(after, there);
      }
      made = there.shipment();
    }
    // Whoever needs it first makes it, without keeping those from theirs who stand elsewhere.
    made.run();
    return Answers.await(made);
  }

  /// Makes what follows a large batch ready while that one is under way: a peer that was away gets
  /// many of them, and each takes about as long to make as to take in.
  void prepareAfter(Shipment shipment) {
    if (!shipment.isLarge()) return;
    var after = shipment.prepared().batch().upTo();
    Thread.ofVirtual()
        .name("next batch")
        .start(() -> {
          try {
            next(after, PeerState.UNITS_MAX, true);
          } catch (RuntimeException e) {
            // Whoever needs it meets the same, and says so.
            LOG.log(Level.DEBUG, "the next batch could not be made ready: {0}", e.getMessage());
          }
        });
  }

  private Shipment make(long after, int unitsMax) {
    return ship(store.look(snapshot -> reader.push(snapshot, after, unitsMax)), true);
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
