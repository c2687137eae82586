package dev.quorate.feed;

import dev.quorate.federation.BatchReader;
import dev.quorate.federation.Paging;
import dev.quorate.federation.Prepared;
import dev.quorate.federation.Receiving;
import dev.quorate.merge.Lane;
import dev.quorate.replication.PeerState.Identity;
import dev.quorate.seeds.Chance;
import dev.quorate.store.RegisterName;
import dev.quorate.store.Store;
import dev.quorate.store.sqlite.SqliteStore;
import dev.quorate.store.sqlite.StoreOptions;
import dev.quorate.time.Timestamps;
import dev.quorate.wire.Frame;
import dev.quorate.wire.Protocol;
import dev.quorate.wire.PullPage;
import dev.quorate.wire.PullRequest;
import dev.quorate.wire.PushBody;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// A store that takes in what others send by the very code of a node, whenever a test says so.
final class Replica implements AutoCloseable {
  private static final int UNITS_MAX = 3;

  final Store store;
  final Feed feed;
  private final Receiving receiving = new Receiving(3_600_000);
  private final BatchReader reader;
  private final Paging paging;

  /// How far each other one has confirmed.
  private final Map<String, Long> confirmed = new HashMap<>();

  Replica(Path directory, String id, InstantSource clock) {
    store = SqliteStore.open(directory, id, StoreOptions.readers(1), clock);
    feed = new Feed(store);
    reader = new BatchReader(id, store.epoch());
    paging = new Paging(id, store.epoch(), receiving);
  }

  /// Brings another one the next few changes that were made here, or, after a gap, later ones.
  void push(Replica to, Chance chance) {
    var cursor = confirmed.getOrDefault(to.name(), 0L);
    var skips = chance.percent(20);
    var after = skips ? cursor + chance.below(4) : cursor;
    var prepared =
        store.look(snapshot -> reader.push(snapshot, after, 1 + chance.below(UNITS_MAX)));
    var batch = prepared.batch();
    var frame = frame(batch.after(), batch.upTo(), batch.complete());
    var received = PushBody.read(PushBody.write(store.nodeId(), frame, prepared.items()));
    var report =
        to.store.replicate(transaction ->
            to.receiving.push(
                transaction,
                store.nodeId(),
                Optional.of(Objects.requireNonNull(received.frame())),
                received.arrivals(),
                Optional.empty()));
    to.receiving.committed(report);
    if (!skips && report.skipped().isEmpty()) confirmed.put(to.name(), batch.upTo());
  }

  /// Takes one page of everything that another one has. Returns whether that was the last one.
  boolean pull(Replica from, int limit) {
    var identity = new Identity(from.store.nodeId(), from.store.epoch(), true);
    var all = store.look(snapshot -> paging.request(snapshot, identity, Instant.EPOCH));
    var asked =
        new PullRequest(
            Protocol.VERSION,
            all.sender(),
            all.senderEpoch(),
            all.sentAt(),
            all.epoch(),
            all.after(),
            limit,
            all.held());
    var served =
        from.store.look(snapshot -> Paging.page(snapshot, from.store.epoch(), from.reader, asked));
    var batch = served.prepared().batch();
    var frame = from.frame(batch.after(), batch.upTo(), batch.complete());
    var page = PullPage.read(PullPage.write(frame, served.held(), served.prepared().items()));
    var taken = store.replicate(transaction -> paging.take(transaction, identity, page));
    paging.committed(taken);
    return page.frame().complete();
  }

  /// Takes some registers without regard to what comes before them, as a repair does.
  void fetch(Replica from, Chance chance) {
    var prepared =
        from.store.look(snapshot -> {
          var names = new ArrayList<RegisterName>();
          for (var change : snapshot.changes().after(0, 1_000)) {
            if (!chance.percent(20)) continue;
            snapshot
                .register(change.lane(), change.key())
                .ifPresent(register -> names.add(RegisterName.of(register)));
          }
          return from.reader.of(snapshot, names);
        });
    var page = page(from, prepared);
    var adopts = chance.percent(50);
    store.replicate(transaction ->
        adopts
            ? receiving.adopt(transaction, from.store.nodeId(), page.arrivals())
            : receiving.take(transaction, from.store.nodeId(), page.arrivals(), Optional.empty()));
  }

  /// Takes one register without regard to what comes before it.
  void take(Replica from, Lane lane, String key) {
    var page = page(from, from.single(lane, key));
    store.replicate(transaction ->
        receiving.take(transaction, from.store.nodeId(), page.arrivals(), Optional.empty()));
  }

  /// Takes the content of a memory as if it had been made here.
  void adopt(Replica from, String id) {
    var page = page(from, from.single(Lane.CONTENT, id));
    store.replicate(
        transaction -> receiving.adopt(transaction, from.store.nodeId(), page.arrivals()));
  }

  private Prepared single(Lane lane, String key) {
    return store.look(snapshot -> reader.single(snapshot, lane, key));
  }

  private static PullPage page(Replica from, Prepared prepared) {
    return PullPage.read(PullPage.write(from.frame(0, 0, false), List.of(), prepared.items()));
  }

  private Frame frame(long after, long upTo, boolean complete) {
    return new Frame(
        Protocol.VERSION,
        store.nodeId(),
        store.epoch(),
        after,
        upTo,
        complete,
        Timestamps.render(Instant.EPOCH));
  }

  private String name() {
    return store.nodeId() + " " + store.epoch();
  }

  @Override
  public void close() {
    feed.close();
    store.close();
  }
}
