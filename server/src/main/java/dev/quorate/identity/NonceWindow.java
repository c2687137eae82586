package dev.quorate.identity;

import dev.quorate.failure.NodeFailure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// Which messages of which peer were seen. Thread-safe; reads no clock and no disk.
///
/// For nonces of Quorate nodes it is exact: the last 1,024 counters of each process of a peer are
/// told apart, and what is older counts as seen. Of other nonces it knows the last 10,000 of each
/// peer. It holds 64 processes a peer and 1,024 peers, of each those that were heard last.
///
/// What changed has to be made durable by the caller, best in the transaction that applies the
/// message. After a restart every counter up to the highest of a process counts as seen, so a
/// message that was overtaken by one before the restart has to be signed anew.
public final class NonceWindow {
  static final int PEERS_MAX = 1_024;

  /// Whether a message may be accepted.
  public enum Freshness {
    FRESH,
    REPLAY
  }

  private final SequencedMap<String, PeerNonces> peers = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<NonceRow.Place, NonceRow> dirty = new LinkedHashMap<>();
  private long latestMillis = Long.MIN_VALUE;

  /// Marks a nonce of a peer whose signature over it is verified.
  ///
  /// @param nowMillis a clock that only orders who was heard last, across restarts; where it goes
  ///   back it counts as standing still
  public synchronized Freshness check(String peer, String nonce, long nowMillis) {
    var known = peers.computeIfAbsent(peer, PeerNonces::new);
    latestMillis = Math.max(latestMillis, nowMillis);
    var changed = known.mark(Nonce.of(nonce), latestMillis);
    if (changed.isEmpty()) return Freshness.REPLAY;
    changed.forEach(this::soil);
    if (peers.size() > PEERS_MAX) {
      var eldest = peers.pollFirstEntry();
      eldest.getValue().rows().forEach(row -> soil(row.deleted()));
    }
    return Freshness.FRESH;
  }

  /// The rows that changed since they were last taken, each once, to be written by the caller.
  public synchronized List<NonceRow> takeDirty() {
    var rows = List.copyOf(dirty.values());
    dirty.clear();
    return rows;
  }

  /// Takes rows back that could not be written; what changed again in the meantime stays.
  public synchronized void giveBack(List<NonceRow> rows) {
    rows.forEach(row -> dirty.putIfAbsent(row.place(), row));
  }

  /// All rows, as they would be written.
  public synchronized List<NonceRow> export() {
    var rows = new ArrayList<NonceRow>();
    peers.values().forEach(known -> rows.addAll(known.rows()));
    return rows;
  }

  /// A window of rows that were written before.
  ///
  /// @throws NodeFailure if a row was not written by a window
  public static NonceWindow restore(Collection<NonceRow> rows) {
    var window = new NonceWindow();
    // Oldest first, so that whoever was heard last is the last to go.
    rows.stream()
        .map(NonceWindow::read)
        .sorted(Comparator.comparingLong(Read::millis).thenComparingLong(Read::order))
        .forEach(window::put);
    return window;
  }

  private record Read(NonceRow row, PeerNonces.Value value) {
    long millis() {
      return value.millis();
    }

    long order() {
      return value.number();
    }
  }

  private synchronized void put(Read read) {
    latestMillis = Math.max(latestMillis, read.millis());
    peers
        .computeIfAbsent(read.row().peer(), PeerNonces::new)
        .restore(read.row().key(), read.value());
  }

  private static Read read(NonceRow row) {
    var value = row.value();
    var parsed = value == null ? null : PeerNonces.Value.parse(value);
    if (parsed == null || !PeerNonces.fits(row.key(), parsed)) {
      throw new NodeFailure(
          "the store has a nonce of the peer '%s' that cannot be read".formatted(row.peer()));
    }
    return new Read(row, parsed);
  }

  private void soil(NonceRow row) {
    // Put at the end, so that rows come in the order of their last change.
    dirty.remove(row.place());
    dirty.put(row.place(), row);
  }
}
