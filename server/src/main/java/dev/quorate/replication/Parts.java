package dev.quorate.replication;

import dev.quorate.store.Made;
import java.util.TreeMap;

/// What a peer got in batches that were cut, by the numbers of the changes: only what tells whether
/// it holds what an operation made, and only the latest. A peer that was away gets all that it
/// missed in such batches, and what is asked for is mostly what was made just now; of what is
/// forgotten here it is said to hold nothing until it holds everything. Not thread-safe.
final class Parts {
  /// More than the largest operation has changes and a batch beside it, so that one that came in
  /// several batches is known to be there: a request makes some thousand at most.
  static final int MAX = 10_000;

  private final TreeMap<Long, Carried> byNumber = new TreeMap<>();

  void add(Parcel parcel) {
    byNumber.put(parcel.sequence(), parcel.carried());
    if (byNumber.size() > MAX) byNumber.pollFirstEntry();
  }

  boolean have(Made change) {
    var carried = byNumber.get(change.sequence());
    return carried != null && carried.holds(change);
  }

  void forgetUpTo(long number) {
    byNumber.headMap(number, true).clear();
  }

  void clear() {
    byNumber.clear();
  }
}
