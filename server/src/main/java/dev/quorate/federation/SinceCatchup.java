package dev.quorate.federation;

import dev.quorate.replication.PeerState;
import dev.quorate.replication.PeerState.Identity;
import dev.quorate.store.Position;
import dev.quorate.store.Store;
import dev.quorate.time.Stamp;
import dev.quorate.time.Timestamps;
import dev.quorate.wire.Arrival;
import dev.quorate.wire.Plain.PlainMemory;
import dev.quorate.wire.SincePage;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Reads the memories of a peer without our fields, by the times of their last edits: what it made
/// and could not push. It serves nothing else. Goes on where it stopped, across restarts.
/// Thread-safe.
final class SinceCatchup {
  private static final Logger LOG = System.getLogger(SinceCatchup.class.getName());

  /// Where such a peer serves them.
  static final String PATH = "/api/v1/sync/since";

  static final int PAGE = 500;

  /// The most that such a peer serves at a time.
  static final int PAGE_MAX = 10_000;

  /// A row may come to the peer later than its time says, by its own catch-up for one.
  private static final Duration OVERLAP = Duration.ofMinutes(10);

  /// What comes later than that is met when everything is read again.
  private static final Duration WHOLE = Duration.ofDays(1);

  private final Store store;
  private final Receiving receiving;
  private final Asking asking;
  private final InstantSource wallClock;
  private final Map<String, Instant> wholeAt = new ConcurrentHashMap<>();

  SinceCatchup(Store store, Receiving receiving, Asking asking, InstantSource wallClock) {
    this.store = store;
    this.receiving = receiving;
    this.asking = asking;
    this.wallClock = wallClock;
  }

  /// Reads from a peer until it has nothing more. Returns how many memories were new here, or
  /// nothing when the peer could not be asked.
  Optional<Long> drain(Peer peer, Identity identity) {
    var kept = position(identity);
    var due = wholeAt.computeIfAbsent(identity.node(), _ -> wallClock.instant()).plus(WHOLE);
    var whole = kept.isEmpty() || wallClock.instant().isAfter(due);
    var since =
        whole ? Instant.EPOCH : new Stamp(kept.get().sequence(), "").instant().minus(OVERLAP);
    var news = 0L;
    var limit = PAGE;
    while (true) {
      var page = ask(peer, since, limit);
      if (page.isEmpty()) return Optional.empty();
      news += take(identity, page.get().arrivals());
      if (!full(page.get(), limit)) break;
      var next = last(page.get().arrivals()).map(time -> time.minusNanos(1));
      if (next.isPresent() && next.get().isAfter(since)) {
        // Rows of one time may be divided between pages: the last time is read again.
        since = next.get();
        limit = PAGE;
      } else if (limit < PAGE_MAX) {
        // Nothing but rows of one time, or such as this node may not see.
        limit = Math.min(PAGE_MAX, limit * 2);
      } else {
        LOG.log(Level.WARNING, "{0} serves nothing behind {1}", identity.node(), since);
        return Optional.of(news);
      }
    }
    if (whole) wholeAt.put(identity.node(), wallClock.instant());
    return Optional.of(news);
  }

  private Optional<Position> position(Identity identity) {
    return store
        .read(snapshot -> snapshot.peers().pulled(identity.node()))
        .filter(at -> at.epoch().equals(identity.epoch()));
  }

  private Optional<SincePage> ask(Peer peer, Instant since, int limit) {
    var time = URLEncoder.encode(Timestamps.render(since), StandardCharsets.UTF_8);
    var self = URLEncoder.encode(store.nodeId(), StandardCharsets.UTF_8);
    var query = "since=%s&limit=%d&peer=%s".formatted(time, limit, self);
    return asking.get(peer, PATH, query).map(SincePage::read);
  }

  /// Whether there may be more behind the page: it has as many rows as were asked for, or as its
  /// server says that it gives.
  private static boolean full(SincePage page, int limit) {
    var passed = page.excludedForScope() + page.excludedForScopePrivate();
    var most = page.limit() > 0 ? Math.min(limit, page.limit()) : limit;
    return page.arrivals().size() + passed >= most;
  }

  private static Optional<Instant> last(List<Arrival> arrivals) {
    return arrivals.stream()
        .filter(PlainMemory.class::isInstance)
        .map(PlainMemory.class::cast)
        .map(PlainMemory::updatedAt)
        .max(Instant::compareTo);
  }

  /// Takes in what is new of a page, and keeps how far the peer was read in the same transaction.
  private long take(Identity identity, List<Arrival> arrivals) {
    var news = store.read(snapshot -> SinceNews.of(snapshot, arrivals));
    var position = reached(identity, arrivals);
    var moved = position.filter(at -> isAhead(identity, at));
    if (news.isEmpty() && moved.isEmpty()) return 0;
    var report =
        store.replicate(transaction -> {
          moved.ifPresent(transaction.peers()::pulled);
          return receiving.take(transaction, identity.node(), news, Optional.empty());
        });
    for (var skip : report.skipped()) {
      if (skip.reason().equals(PeerState.CLOCK_AHEAD)) continue;
      LOG.log(Level.DEBUG, "{0} serves a bad row: {1}", identity.node(), skip.reason());
    }
    return report.applied();
  }

  private boolean isAhead(Identity identity, Position position) {
    return position(identity).map(at -> at.sequence() < position.sequence()).orElse(true);
  }

  /// A row from the future must not hide what is made after it and before its time.
  private Optional<Position> reached(Identity identity, List<Arrival> arrivals) {
    var now = wallClock.instant();
    return last(arrivals)
        .map(time -> time.isAfter(now) ? now : time)
        .map(time -> new Position(identity.node(), identity.epoch(), Stamp.at(time, "").time()));
  }
}
