package dev.quorate.federation;

import dev.quorate.federation.Outbox.Shipment;
import dev.quorate.replication.Outcome;
import dev.quorate.replication.PeerState.Identity;
import dev.quorate.replication.Step;
import dev.quorate.store.Quarantined;
import dev.quorate.store.ReplicaSnapshot;
import dev.quorate.store.ReplicaStore;
import dev.quorate.wire.EncodedItem;
import dev.quorate.wire.PushAnswer;
import dev.quorate.wire.PushBody;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Sends batches to one peer and says what became of them. Used by one thread.
final class Delivery {
  private static final String PATH = "/api/v1/sync/push";

  private final Peer peer;
  private final ReplicaStore store;
  private final Outbox outbox;
  private final Transport transport;
  private final Envelope envelope;
  private final FederationMeters meters;
  private final InstantSource wallClock;
  private final long timeoutMillis;

  Delivery(
      Peer peer,
      ReplicaStore store,
      Outbox outbox,
      Transport transport,
      Envelope envelope,
      FederationMeters meters,
      InstantSource wallClock,
      long timeoutMillis) {
    this.peer = peer;
    this.store = store;
    this.outbox = outbox;
    this.transport = transport;
    this.envelope = envelope;
    this.meters = meters;
    this.wallClock = wallClock;
    this.timeoutMillis = timeoutMillis;
  }

  /// What was sent, what became of it, and the epoch of the peer's store where it said so.
  record Delivered(Prepared prepared, Outcome outcome, Optional<String> epoch) {}

  /// Whether to try the same once more.
  @FunctionalInterface
  interface Retry {
    boolean after(Outcome outcome) throws InterruptedException;
  }

  /// Sends what follows the cursor.
  ///
  /// @param whole whether the peer lacks nothing before the cursor
  Delivered deliver(Identity identity, Step.Send step, boolean whole, Retry retry)
      throws InterruptedException {
    if (!identity.speaks() || !peer.replica()) return deliverPlain(step, retry);
    return post(outbox.next(step.after(), step.unitsMax(), whole), retry);
  }

  private Delivered post(Shipment shipment, Retry retry) throws InterruptedException {
    var prepared = shipment.prepared();
    if (prepared.items().isEmpty()) {
      return new Delivered(prepared, new Outcome.Held(List.of()), Optional.empty());
    }
    var first = postOnce(prepared, shipment.body(), shipment.signature());
    if (!retry.after(first.outcome())) return first;
    var second = postOnce(prepared, shipment.body(), envelope.sign(shipment.body()));
    meters.retried(second.outcome());
    return second;
  }

  /// Sends one request and says what it came to.
  private Delivered postOnce(Prepared prepared, byte[] body, Map<String, String> signature) {
    try {
      meters.sent(body.length, prepared.items().size());
      var headers = peer.headers(store.nodeId(), signature);
      var reply = transport.exchange(peer.at(PATH), headers, body, timeoutMillis);
      if (!Classifying.success(reply)) {
        var refusal = Classifying.refusal(reply, wallClock.millis());
        return new Delivered(prepared, refusal, Optional.empty());
      }
      var answer = PushAnswer.read(reply.body());
      if (answer.isEmpty()) {
        var failed = new Outcome.Failed(reply.status(), "its answer to a push makes no sense");
        return new Delivered(prepared, failed, Optional.empty());
      }
      return answered(prepared, answer.get());
    } catch (Transport.Lost e) {
      return new Delivered(prepared, Classifying.lost(e), Optional.empty());
    }
  }

  private static Delivered answered(Prepared prepared, PushAnswer answer) {
    if (drifted(prepared, answer)) {
      return new Delivered(prepared, new Outcome.IdDrift(), Optional.empty());
    }
    var report = answer.report();
    if (report != null) {
      var held = new Outcome.Held(prepared.positions(report.skipped()));
      return new Delivered(prepared, held, Optional.of(report.epoch()));
    }
    var counters = answer.counters();
    if (counters.skipped() + counters.unsupported() + counters.quotaRefused() == 0) {
      return new Delivered(prepared, new Outcome.Held(List.of()), Optional.empty());
    }
    // Such a peer does not say which: sent one by one, the one that it skips is found.
    var refused = new Outcome.Refused(400, "skipped by the peer");
    return new Delivered(prepared, refused, Optional.empty());
  }

  /// Whether the peer lists ids and leaves out one that it was sent.
  private static boolean drifted(Prepared prepared, PushAnswer answer) {
    var ids = answer.ids();
    if (ids == null || ids.isEmpty()) return false;
    return prepared.items().stream()
        .filter(item -> item.list().equals("memories"))
        .anyMatch(item -> !ids.contains(item.item().register().key()));
  }

  /// To a peer without our fields goes what it has a list for, and to a guest what it may get. What
  /// the one lacks is set aside, what the other may not get does not exist for it.
  private Delivered deliverPlain(Step.Send step, Retry retry) throws InterruptedException {
    var reader = outbox.reader();
    var all =
        store.look(snapshot -> {
          var read = reader.push(snapshot, step.after(), step.unitsMax());
          var visible = new ArrayList<EncodedItem>();
          for (var item : read.items()) {
            if (mayGet(snapshot, item)) visible.add(item);
          }
          return read.with(visible);
        });
    var plain = all.items().stream().filter(EncodedItem::isPlain).toList();
    var sent = all.with(plain);
    if (plain.isEmpty()) return new Delivered(all, unsupported(all), Optional.empty());
    var body = PushBody.writePlain(store.nodeId(), plain);
    var delivered = post(new Shipment(sent, body, envelope.sign(body)), retry);
    // The answer covers what was sent; the rest is told from it here.
    return delivered.outcome() instanceof Outcome.Held held
        ? new Delivered(all, unsupported(all, held.skipped()), delivered.epoch())
        : new Delivered(sent, delivered.outcome(), delivered.epoch());
  }

  private static Outcome unsupported(Prepared all) {
    return unsupported(all, List.of());
  }

  /// @param skipped by position among those of the items that are plain
  private static Outcome unsupported(Prepared all, List<Outcome.Skip> skipped) {
    var reasons = new HashMap<Integer, String>();
    for (var skip : skipped) reasons.put(skip.position(), skip.reason());
    var skips = new ArrayList<Outcome.Skip>();
    var plain = 0;
    for (var position = 0; position < all.items().size(); position++) {
      if (!all.items().get(position).isPlain()) {
        skips.add(new Outcome.Skip(position, "unsupported"));
        continue;
      }
      var reason = reasons.get(plain++);
      if (reason != null) skips.add(new Outcome.Skip(position, reason));
    }
    return new Outcome.Held(skips);
  }

  private boolean mayGet(ReplicaSnapshot snapshot, EncodedItem item) {
    var register = item.item().register();
    return peer.guest().map(scope -> scope.mayGet(snapshot, register)).orElse(true);
  }

  /// Sends one change that was set aside, in its newest state. One that is gone, or that the peer
  /// may not get any more, needs nothing.
  Delivered deliverAside(Identity identity, Quarantined item) throws InterruptedException {
    var reader = outbox.reader();
    var prepared =
        store.look(snapshot -> {
          var read = reader.single(snapshot, item.lane(), item.key());
          return read.with(read.items().stream().filter(one -> mayGet(snapshot, one)).toList());
        });
    if (prepared.items().isEmpty()) {
      return new Delivered(prepared, new Outcome.Held(List.of()), Optional.empty());
    }
    if (identity.speaks() && peer.replica()) {
      return post(outbox.ship(prepared, false), _ -> false);
    }
    if (!prepared.items().getFirst().isPlain()) {
      return new Delivered(prepared, unsupported(prepared), Optional.empty());
    }
    var body = PushBody.writePlain(store.nodeId(), prepared.items());
    return post(new Shipment(prepared, body, envelope.sign(body)), _ -> false);
  }
}
