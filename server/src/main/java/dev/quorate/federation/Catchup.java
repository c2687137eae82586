package dev.quorate.federation;

import dev.quorate.failure.RequestFailure;
import dev.quorate.replication.PeerState.Identity;
import dev.quorate.store.ReplicaStore;
import dev.quorate.wire.PullPage;
import dev.quorate.wire.PullRequest;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/// Reads what a peer has and this node lacks, page by page until there is nothing left: all lanes,
/// whoever made the changes. Goes on where it stopped, across restarts. Thread-safe.
final class Catchup {
  private static final Logger LOG = System.getLogger(Catchup.class.getName());

  /// Where pages are served.
  static final String PATH = "/api/v1/sync/pull";

  private static final long PROGRESS_MILLIS = 5_000;

  private final ReplicaStore store;
  private final Paging paging;
  private final Asking asking;
  private final Holdings holdings;
  private final Arriving arriving;
  private final InstantSource wallClock;

  Catchup(
      ReplicaStore store,
      Receiving receiving,
      Asking asking,
      Holdings holdings,
      Arriving arriving,
      InstantSource wallClock) {
    this.store = store;
    this.paging = new Paging(store.nodeId(), store.epoch(), receiving);
    this.asking = asking;
    this.holdings = holdings;
    this.arriving = arriving;
    this.wallClock = wallClock;
  }

  /// Reads from a peer until it has nothing more, or others begin to bring what this node missed.
  /// Returns whether it came to an end; one who cannot be asked now is greeted and read again.
  ///
  /// @param stranger is told the epoch of a store that answers in place of the one that was greeted
  boolean drain(Peer peer, Identity identity, Consumer<String> stranger) {
    var news = 0L;
    var pages = 0;
    var told = wallClock.millis();
    while (true) {
      var page = ask(peer, identity, stranger);
      if (page.isEmpty()) {
        LOG.log(Level.DEBUG, "{0} could not be read", identity.node());
        return true;
      }
      var taken = store.replicate(transaction -> paging.take(transaction, identity, page.get()));
      paging.committed(taken);
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
        return true;
      }
      if (arriving.underway()) return false;
    }
  }

  private Optional<PullPage> ask(Peer peer, Identity identity, Consumer<String> stranger) {
    var request = store.look(snapshot -> paging.request(snapshot, identity, wallClock.instant()));
    var answer = asking.ask(peer, PATH, request.write());
    if (answer.isEmpty()) return Optional.empty();
    var page = PullPage.read(answer.get());
    var epoch = page.frame().epoch();
    if (epoch.equals(identity.epoch())) return Optional.of(page);
    stranger.accept(epoch);
    return Optional.empty();
  }

  /// Answers a request for a page.
  ///
  /// @throws RequestFailure.Invalid when the body is none
  static byte[] serve(
      ReplicaStore store, BatchReader reader, PullRequest request, InstantSource wallClock) {
    return store.look(snapshot -> {
      var page = Paging.page(snapshot, store.epoch(), reader, request);
      var batch = page.prepared().batch();
      var frame =
          Pages.frame(store, batch.after(), batch.upTo(), batch.complete(), wallClock.instant());
      return PullPage.write(frame, page.held(), page.prepared().items());
    });
  }
}
