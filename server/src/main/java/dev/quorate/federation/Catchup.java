package dev.quorate.federation;

import dev.quorate.failure.RequestFailure;
import dev.quorate.replication.PeerState;
import dev.quorate.replication.PeerState.Identity;
import dev.quorate.store.Origin;
import dev.quorate.store.Position;
import dev.quorate.store.ReplicaStore;
import dev.quorate.store.ReplicaTransaction;
import dev.quorate.time.Timestamps;
import dev.quorate.wire.Held;
import dev.quorate.wire.Protocol;
import dev.quorate.wire.PullPage;
import dev.quorate.wire.PullRequest;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads what a peer has and this node lacks, page by page until there is nothing left: all lanes,
/// whoever made the changes. Goes on where it stopped, across restarts. Thread-safe.
final class Catchup {
  private static final Logger LOG = System.getLogger(Catchup.class.getName());

  /// Where pages are served.
  static final String PATH = "/api/v1/sync/pull";

  private static final long PROGRESS_MILLIS = 5_000;

  private final ReplicaStore store;
  private final Receiving receiving;
  private final Asking asking;
  private final Holdings holdings;
  private final InstantSource wallClock;

  Catchup(
      ReplicaStore store,
      Receiving receiving,
      Asking asking,
      Holdings holdings,
      InstantSource wallClock) {
    this.store = store;
    this.receiving = receiving;
    this.asking = asking;
    this.holdings = holdings;
    this.wallClock = wallClock;
  }

  /// Reads from a peer until it has nothing more. Returns how many changes were new here, or
  /// nothing when the peer could not be asked.
  Optional<Long> drain(Peer peer, Identity identity) {
    var news = 0L;
    var pages = 0;
    var told = wallClock.millis();
    while (true) {
      var page = ask(peer, identity);
      if (page.isEmpty()) return Optional.empty();
      var taken = store.replicate(transaction -> take(transaction, identity, page.get()));
      holdings.refresh();
      news += taken.applied();
      pages++;
      if (wallClock.millis() >= told + PROGRESS_MILLIS) {
        told = wallClock.millis();
        LOG.log(Level.INFO, "catching up with {0}: {1} changes so far", identity.node(), news);
      }
      if (taken.held() || page.get().frame().complete()) {
        if (pages > 1)
          LOG.log(Level.INFO, "caught up with {0}: {1} changes", identity.node(), news);
        return Optional.of(news);
      }
    }
  }

  private Optional<PullPage> ask(Peer peer, Identity identity) {
    var request =
        store.look(snapshot -> {
          var position =
              snapshot.pulled(identity.node()).filter(at -> at.epoch().equals(identity.epoch()));
          return new PullRequest(
              Protocol.VERSION,
              store.nodeId(),
              store.epoch(),
              Timestamps.render(wallClock.instant()),
              identity.epoch(),
              position.map(Position::sequence).orElse(0L),
              Protocol.ITEMS_MAX,
              held(snapshot.holdings(), snapshot.lastSequence()));
        });
    var answer = asking.ask(peer, PATH, request.write());
    if (answer.isEmpty()) return Optional.empty();
    var page = PullPage.read(answer.get());
    // It restored its store between the greeting and now; it is greeted anew soon.
    if (!page.frame().epoch().equals(identity.epoch())) return Optional.empty();
    return Optional.of(page);
  }

  /// What is here completely, this node's own changes included.
  private List<Held> held(List<Origin> origins, long own) {
    var held = new ArrayList<Held>();
    held.add(new Held(store.nodeId(), store.epoch(), own));
    for (var origin : origins) {
      held.add(new Held(origin.node(), origin.epoch(), origin.sequence()));
    }
    return held;
  }

  /// @param held whether something has to wait, so that there is no point in going on now
  private record Taken(long applied, boolean held) {}

  private Taken take(ReplicaTransaction transaction, Identity identity, PullPage page) {
    var report = receiving.take(transaction, identity.node(), page.arrivals(), Optional.empty());
    var waits = report.skipped().stream().anyMatch(s -> s.reason().equals(PeerState.CLOCK_AHEAD));
    for (var skip : report.skipped()) {
      if (skip.reason().equals(PeerState.CLOCK_AHEAD)) continue;
      LOG.log(
          Level.WARNING,
          "{0} serves an item that cannot be taken ({1}): {2}",
          identity.node(),
          skip.list(),
          skip.reason());
    }
    // What is ahead of this node's clock must be met again when its time has come.
    if (waits) return new Taken(report.applied(), true);
    var frame = page.frame();
    transaction.pulled(new Position(identity.node(), frame.epoch(), frame.upTo()));
    if (frame.complete() && report.skipped().isEmpty()) {
      transaction.hold(new Origin(frame.node(), frame.epoch(), frame.upTo()));
      for (var held : page.held()) {
        if (held.node().equals(store.nodeId())) continue;
        transaction.hold(new Origin(held.node(), held.epoch(), held.sequence()));
      }
    }
    return new Taken(report.applied(), false);
  }

  /// Answers a request for a page.
  ///
  /// @throws RequestFailure.Invalid when the body is none
  static byte[] serve(
      ReplicaStore store, BatchReader reader, PullRequest request, InstantSource wallClock) {
    var after = request.epoch().equals(store.epoch()) ? request.after() : 0;
    var holds =
        request.held().stream()
            .map(held -> new Origin(held.node(), held.epoch(), held.sequence()))
            .toList();
    return store.look(snapshot -> {
      var page = reader.page(snapshot, after, request.limit(), holds);
      var batch = page.batch();
      var frame =
          Pages.frame(store, batch.after(), batch.upTo(), batch.complete(), wallClock.instant());
      var held =
          snapshot.holdings().stream()
              .map(origin -> new Held(origin.node(), origin.epoch(), origin.sequence()))
              .toList();
      return PullPage.write(frame, held, page.items());
    });
  }
}
