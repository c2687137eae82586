package dev.quorate.federation;

import dev.quorate.federation.Outbox.Shipment;
import dev.quorate.merge.ContentRegister;
import dev.quorate.merge.LifecycleRegister;
import dev.quorate.merge.Register;
import dev.quorate.replication.Outcome;
import dev.quorate.replication.PeerState.Identity;
import dev.quorate.replication.Step;
import dev.quorate.store.Quarantined;
import dev.quorate.store.Snapshot;
import dev.quorate.store.Store;
import dev.quorate.wire.EncodedItem;
import dev.quorate.wire.PushAnswer;
import dev.quorate.wire.PushBody;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Sends batches to one peer and says what became of them. Used by one thread.
final class Delivery {
  private static final String PATH = "/api/v1/sync/push";
  private static final int BAD_REQUEST = 400;

  private final Peer peer;
  private final Store store;
  private final Outbox outbox;
  private final Transport transport;
  private final Envelope envelope;
  private final FederationMeters meters;
  private final InstantSource wallClock;
  private final long timeoutMillis;

  Delivery(
      Peer peer,
      Store store,
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
    if (!identity.speaks() || !peer.replica()) {
      return deliverPlain(identity, step, retry);
    }
    var shipment = outbox.next(step.after(), step.unitsMax(), whole);
    if (whole) outbox.prepareAfter(shipment);
    return post(shipment, retry);
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

  /// To a peer without our fields goes what can be said in its words, and to a guest what it may
  /// get. What the one cannot be told is set aside, what the other may not get does not exist for
  /// it.
  private Delivered deliverPlain(Identity identity, Step.Send step, Retry retry)
      throws InterruptedException {
    var reader = outbox.reader();
    var telling =
        store.read(snapshot ->
            telling(snapshot, identity, reader.push(snapshot, step.after(), step.unitsMax())));
    return deliver(telling, step.unitsMax() == 1, retry);
  }

  /// A batch as a peer is told it.
  ///
  /// @param all what it is told of
  /// @param waves what goes into each body
  /// @param unsupported what it cannot be told
  private record Telling(
      Prepared all, List<List<EncodedItem>> waves, List<Outcome.Skip> unsupported) {}

  private Telling telling(Snapshot snapshot, Identity identity, Prepared read) {
    var visible = new ArrayList<EncodedItem>();
    for (var item : read.items()) {
      var register = item.item().register();
      if (peer.mayGet(snapshot, register)) visible.add(item);
    }
    var all = read.with(visible);
    return identity.epoch().isEmpty()
        ? inItsWords(snapshot, identity, all)
        : asTheyAre(snapshot, all);
  }

  private Telling inItsWords(Snapshot snapshot, Identity identity, Prepared all) {
    var telling =
        new PlainTelling(snapshot, store.nodeId(), store.epoch(), identity.node(), peer.guest());
    var unsupported = new ArrayList<Outcome.Skip>();
    for (var position = 0; position < all.items().size(); position++) {
      if (!telling.tell(all.items().get(position))) unsupported.add(unsupported(position));
    }
    return new Telling(all, telling.waves(), unsupported);
  }

  /// A node of our kind knows what our changes mean, though it gets them without our fields: two
  /// memories of one title become one there by themselves, and a delete of either is final.
  private Telling asTheyAre(Snapshot snapshot, Prepared all) {
    var plain = new ArrayList<EncodedItem>();
    var unsupported = new ArrayList<Outcome.Skip>();
    for (var position = 0; position < all.items().size(); position++) {
      var item = all.items().get(position);
      if (item.item().register() instanceof LifecycleRegister turned && turned.deleted()) {
        plain.addAll(deletions(snapshot, turned, item));
      } else if (item.isPlain()) {
        plain.add(item);
      } else {
        unsupported.add(unsupported(position));
      }
    }
    return new Telling(all, List.of(List.copyOf(plain)), unsupported);
  }

  /// A guest is told of a delete under the ids under which it knows the memory, and of no other
  /// one.
  private List<EncodedItem> deletions(
      Snapshot snapshot, LifecycleRegister deleted, EncodedItem item) {
    if (peer.guest().isEmpty()) return List.of(item);
    return peer.guest().get().knownIds(snapshot, deleted.id()).stream()
        .map(id -> id.equals(deleted.id()) ? item : outbox.reader().deletion(id, deleted))
        .toList();
  }

  private static Outcome.Skip unsupported(int position) {
    return new Outcome.Skip(position, "unsupported");
  }

  /// The memories that a peer is told of.
  private static List<String> shown(Telling telling) {
    return telling.waves().stream()
        .flatMap(List::stream)
        .map(item -> item.item().register())
        .filter(ContentRegister.class::isInstance)
        .map(Register::key)
        .toList();
  }

  /// Sends one body after the other. One that is not taken ends it, and all is sent again: to say a
  /// thing twice changes nothing. What comes back is of the whole batch, sent or not: the cursor
  /// passes all of it.
  ///
  /// @param narrowed whether a refused batch cannot be narrowed down any more
  private Delivered deliver(Telling telling, boolean narrowed, Retry retry)
      throws InterruptedException {
    var all = telling.all();
    peer.guest().ifPresent(scope -> scope.showing(store, shown(telling)));
    Optional<String> epoch = Optional.empty();
    var refused = new HashMap<EncodedItem, String>();
    for (var wave : telling.waves()) {
      for (var part : PushBody.writePlain(store.nodeId(), wave, BatchReader.BYTES_MAX)) {
        var body = part.body();
        var sent = new Shipment(all.with(part.items()), body, envelope.sign(body));
        var delivered = post(sent, retry);
        switch (delivered.outcome()) {
          case Outcome.Held held ->
              held.skipped()
                  .forEach(skip -> refused.put(part.items().get(skip.position()), skip.reason()));
          // Refused for its own reason, and only that.
          case Outcome.Refused(var status, var tag)
              when status == BAD_REQUEST && (narrowed || part.items().size() == 1) ->
              part.items().forEach(item -> refused.put(item, tag));
          case Outcome.IdDrift _,
              Outcome.Refused _,
              Outcome.OtherVersion _,
              Outcome.Replayed _,
              Outcome.Throttled _,
              Outcome.Unreachable _,
              Outcome.TimedOut _,
              Outcome.Failed _ -> {
            return new Delivered(all, delivered.outcome(), delivered.epoch());
          }
        }
        epoch = delivered.epoch();
      }
    }
    return new Delivered(all, held(telling, refused), epoch);
  }

  /// What became of a batch whose items a peer took, but for what it has no words for or refused.
  private static Outcome held(Telling telling, Map<EncodedItem, String> refused) {
    var skips = new ArrayList<>(telling.unsupported());
    var untold = skips.stream().map(Outcome.Skip::position).collect(Collectors.toSet());
    var items = telling.all().items();
    // What was said in other words than its own stands for any of the batch: all of it is set
    // aside.
    var paraphrased =
        refused.entrySet().stream()
            .filter(entry -> !items.contains(entry.getKey()))
            .map(Map.Entry::getValue)
            .findFirst();
    for (var position = 0; position < items.size(); position++) {
      if (untold.contains(position)) continue;
      var reason = refused.get(items.get(position));
      if (reason == null) reason = paraphrased.orElse(null);
      if (reason != null) skips.add(new Outcome.Skip(position, reason));
    }
    skips.sort(Comparator.comparingInt(Outcome.Skip::position));
    return new Outcome.Held(skips);
  }

  /// Sends one change that was set aside, in its newest state. One that is gone, or that the peer
  /// may not get, needs nothing.
  Delivered deliverAside(Identity identity, Quarantined item) throws InterruptedException {
    var reader = outbox.reader();
    if (identity.speaks() && peer.replica()) {
      var prepared = store.look(snapshot -> reader.single(snapshot, item.lane(), item.key()));
      return post(outbox.ship(prepared, false), _ -> false);
    }
    var telling =
        store.read(snapshot ->
            telling(snapshot, identity, reader.single(snapshot, item.lane(), item.key())));
    return deliver(telling, true, _ -> false);
  }
}
