package dev.quorate.federation;

import dev.quorate.merge.ContentRegister;
import dev.quorate.store.Effect;
import dev.quorate.store.NonceRow;
import dev.quorate.store.Snapshot;
import dev.quorate.store.Store;
import dev.quorate.time.Stamp;
import dev.quorate.wire.Arrival;
import dev.quorate.wire.Plain;
import dev.quorate.wire.PullRequest;
import dev.quorate.wire.Received;
import dev.quorate.wire.SincePage;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What this node takes from peers and gives to them. Callers have verified who asks. Thread-safe.
public final class Serving {
  /// How many rows are read at a time for a pull by time.
  private static final int SINCE_STEP = 100;

  /// Bytes of rows in a page by time; a reader takes answers of twice as many.
  private static final int SINCE_BYTES_MAX = 4 << 20;

  private final Store store;
  private final Receiving receiving;
  private final BatchReader reader;
  private final Holdings holdings;
  private final Arriving arriving;
  private final InstantSource wallClock;

  Serving(
      Store store,
      Receiving receiving,
      BatchReader reader,
      Holdings holdings,
      Arriving arriving,
      InstantSource wallClock) {
    this.store = store;
    this.receiving = receiving;
    this.reader = reader;
    this.holdings = holdings;
    this.arriving = arriving;
    this.wallClock = wallClock;
  }

  /// Takes in a push in one transaction, together with what keeps it from being accepted twice. On
  /// return it is durable.
  public Report push(
      String peer, Received received, Optional<GuestScope> guest, List<NonceRow> nonces) {
    var frame = Optional.ofNullable(received.frame());
    var report =
        store.replicate(transaction -> {
          nonces.forEach(transaction.peers()::keep);
          return receiving.push(transaction, peer, frame, received.arrivals(), guest);
        });
    receiving.committed(report);
    report.held().ifPresent(holdings::moved);
    if (guest.isEmpty()) frame.ifPresent(arriving::came);
    return report;
  }

  /// Counts what a push would do, and writes nothing.
  public Report dryRun(List<Arrival> arrivals) {
    var report = new Report();
    for (var arrival : arrivals) {
      switch (arrival) {
        case Arrival.Bad bad -> report.skip(bad, bad.reason());
        case Arrival.Stamped _, Plain _ -> report.add(arrival, Effect.NOOP);
      }
    }
    return report;
  }

  /// A page of everything here.
  public byte[] pull(PullRequest request) {
    return Catchup.serve(store, reader, request, wallClock);
  }

  /// Memories whose content changed after a time, oldest first (wire.md 2.3).
  ///
  /// @param asked the time as it was asked for
  /// @param trusted whether whoever is no guest gets everything, rather than nothing
  public byte[] since(
      @Nullable String asked,
      Optional<Instant> since,
      int limit,
      Optional<GuestScope> guest,
      boolean trusted) {
    if (!trusted && guest.isEmpty()) {
      return SincePage.write(limit, asked, List.of(), 0, 0, "no_allowlist_default_deny");
    }
    var page =
        store.read(snapshot -> {
          var after = since.map(time -> Stamp.at(time, "").time()).orElse(Long.MIN_VALUE);
          return rows(
              snapshot,
              after,
              limit,
              row -> guest.map(scope -> scope.mayGet(snapshot, row)).orElse(true));
        });
    guest.ifPresent(
        scope -> scope.showing(store, page.visible().stream().map(ContentRegister::id).toList()));
    var status = guest.isPresent() ? "scoped" : "legacy_bypass";
    // A page that was cut for its size is full with fewer rows, and says so.
    var most = page.cut() ? page.visible().size() + page.excluded() : limit;
    return SincePage.write(most, asked, page.visible(), page.excluded(), 0, status);
  }

  /// Rows of a page.
  ///
  /// @param excluded how many were passed over on the way
  /// @param cut whether more would have been too large
  private record Rows(List<ContentRegister> visible, int excluded, boolean cut) {}

  /// Reads on until the page is full of what the reader may see: one that gets nothing would ask
  /// for the same again and never come past it. Rows of one time are not divided, for the reader
  /// goes on behind the time of the last one.
  private static Rows rows(
      Snapshot snapshot, long after, int limit, Predicate<ContentRegister> visible) {
    var page = new ArrayList<ContentRegister>();
    var excluded = 0;
    var from = after;
    var bytes = 0L;
    while (true) {
      var some = snapshot.contentsAfter(from, SINCE_STEP);
      for (var row : some) {
        var large = !page.isEmpty() && bytes + row.body().length() > SINCE_BYTES_MAX;
        var full = page.size() >= limit || large;
        if (full && row.stamp().time() != page.getLast().stamp().time()) {
          return new Rows(page, excluded, page.size() < limit);
        }
        if (visible.test(row)) {
          page.add(row);
          bytes += row.body().length();
        } else {
          excluded++;
        }
      }
      if (some.size() < SINCE_STEP) return new Rows(page, excluded, false);
      from = some.getLast().stamp().time();
    }
  }

  public byte[] digest(JsonNode request) {
    return Repair.serveDigest(store, request);
  }

  public byte[] fetch(JsonNode request) {
    return Repair.serveFetch(store, reader, request, wallClock);
  }
}
