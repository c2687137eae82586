package dev.quorate.federation;

import dev.quorate.store.Effect;
import dev.quorate.store.NonceRow;
import dev.quorate.store.Store;
import dev.quorate.time.Stamp;
import dev.quorate.wire.Arrival;
import dev.quorate.wire.Plain;
import dev.quorate.wire.PullRequest;
import dev.quorate.wire.Received;
import dev.quorate.wire.SincePage;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What this node takes from peers and gives to them. Callers have verified who asks. Thread-safe.
public final class Serving {
  private final Store store;
  private final Receiving receiving;
  private final BatchReader reader;
  private final Holdings holdings;
  private final InstantSource wallClock;

  Serving(
      Store store,
      Receiving receiving,
      BatchReader reader,
      Holdings holdings,
      InstantSource wallClock) {
    this.store = store;
    this.receiving = receiving;
    this.reader = reader;
    this.holdings = holdings;
    this.wallClock = wallClock;
  }

  /// Takes in a push in one transaction, together with what keeps it from being accepted twice. On
  /// return it is durable.
  public Report push(
      String peer, Received received, Optional<GuestScope> guest, List<NonceRow> nonces) {
    var frame = Optional.ofNullable(received.frame());
    var report =
        store.replicate(transaction -> {
          nonces.forEach(transaction::keep);
          return receiving.push(transaction, peer, frame, received.arrivals(), guest);
        });
    receiving.committed(report);
    report.held().ifPresent(holdings::moved);
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
    return store.read(snapshot -> {
      var after = since.map(time -> Stamp.at(time, "").time()).orElse(Long.MIN_VALUE);
      var rows = snapshot.contentsAfter(after, limit);
      var some =
          rows.stream()
              .filter(row -> guest.map(scope -> scope.mayGet(snapshot, row)).orElse(true))
              .toList();
      var excluded = rows.size() - some.size();
      var status = guest.isPresent() ? "scoped" : "legacy_bypass";
      return SincePage.write(limit, asked, some, excluded, 0, status);
    });
  }

  public byte[] digest(JsonNode request) {
    return Repair.serveDigest(store, request);
  }

  public byte[] fetch(JsonNode request) {
    return Repair.serveFetch(store, reader, request, wallClock);
  }
}
