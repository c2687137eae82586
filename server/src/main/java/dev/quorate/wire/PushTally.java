package dev.quorate.wire;

import dev.quorate.wire.PushAnswer.Counters;
import dev.quorate.wire.PushAnswer.Report;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Counts what became of each item of a push while it is applied. What ai-memory has no counter for
/// (embeddings and the lists of our own) shows in no counter when it was applied. Not thread-safe.
public final class PushTally {
  private final Map<WireList, Integer> applied = new EnumMap<>(WireList.class);
  private final List<Place> parked = new ArrayList<>();
  private final List<Skip> skipped = new ArrayList<>();
  private int noop;
  private int quotaRefused;

  public void applied(Arrival arrival) {
    for (var list : WireList.values()) {
      if (list.text().equals(arrival.list())) applied.merge(list, 1, Integer::sum);
    }
  }

  /// The item is held already, or something newer than it.
  public void noop(Arrival arrival) {
    noop++;
  }

  /// The item is kept until the rest of its operation arrives.
  public void parked(Arrival arrival) {
    noop++;
    parked.add(arrival.place());
  }

  /// The item was not taken.
  ///
  /// @param reason one sentence
  public void skipped(Arrival arrival, String reason) {
    skipped.add(new Skip(arrival.list(), arrival.index(), reason));
  }

  /// A quota refused the item.
  ///
  /// @param reason one sentence
  public void quotaRefused(Arrival arrival, String reason) {
    quotaRefused++;
    skipped(arrival, reason);
  }

  public Counters counters() {
    return new Counters(
        applied(WireList.MEMORIES),
        applied(WireList.DELETIONS),
        applied(WireList.ARCHIVES),
        applied(WireList.RESTORES),
        applied(WireList.LINKS),
        applied(WireList.PENDINGS),
        applied(WireList.PENDING_DECISIONS),
        applied(WireList.NAMESPACE_META),
        applied(WireList.NAMESPACE_META_CLEARS),
        noop,
        skipped.size(),
        quotaRefused,
        0);
  }

  /// The report for a sender that speaks `quorate`.
  public Report report(String node, String epoch) {
    return new Report(Protocol.VERSION, Protocol.SPEAKS, node, epoch, parked, skipped);
  }

  private int applied(WireList list) {
    return applied.getOrDefault(list, 0);
  }
}
