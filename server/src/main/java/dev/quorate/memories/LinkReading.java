package dev.quorate.memories;

import dev.quorate.memory.Relation;
import dev.quorate.store.LinkQuery;
import dev.quorate.store.Snapshot;
import dev.quorate.store.StoredLink;
import java.time.Instant;
import java.util.HashSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Reads the links of memories page by page, and no more of them than it was made for: a memory
/// with a hundred thousand links costs no more than one with a few. Not thread-safe.
final class LinkReading {
  private static final int PAGE = 200;

  private final Snapshot snapshot;
  private int left;
  private boolean cut;

  /// @param rowsMax how many stored links it looks at in all
  LinkReading(Snapshot snapshot, int rowsMax) {
    this.snapshot = snapshot;
    this.left = rowsMax;
  }

  /// Whether there were links that it did not look at.
  boolean cut() {
    return cut;
  }

  /// Shows the links of one direction of a memory, in the order in which they begin to hold, until
  /// `visitor` has enough or no more may be looked at.
  void forEach(String id, LinkQuery.Direction direction, Predicate<StoredLink> visitor) {
    forEach(id, direction, null, null, Integer.MAX_VALUE, visitor);
  }

  /// The same for those of one relation.
  void forEach(
      String id, LinkQuery.Direction direction, Relation relation, Predicate<StoredLink> visitor) {
    var all = new LinkQuery(id, direction, relation, null, null, 0, 1);
    forEach(all, Integer.MAX_VALUE, visitor);
  }

  /// The same for those that begin to hold within a span of time.
  ///
  /// @param rowsMax how many of this memory are looked at
  void forEach(
      String id,
      LinkQuery.Direction direction,
      @Nullable Instant since,
      @Nullable Instant until,
      int rowsMax,
      Predicate<StoredLink> visitor) {
    forEach(new LinkQuery(id, direction, null, since, until, 0, 1), rowsMax, visitor);
  }

  private void forEach(LinkQuery all, int rowsMax, Predicate<StoredLink> visitor) {
    var offset = 0;
    // The members of a group may say the same on several pages.
    var seen = new HashSet<String>();
    while (true) {
      var rows = Math.min(PAGE, Math.min(left, rowsMax - offset));
      // One more than is wanted shows whether anything is left out.
      var page = snapshot.links().page(all.page(offset, Math.max(1, rows)));
      if (rows <= 0) {
        if (page.looked() > 0) cut = true;
        return;
      }
      left -= page.looked();
      for (var stored : page.links()) {
        var link = stored.link();
        var key = link.sourceId() + "\n" + link.targetId() + "\n" + link.relation().text();
        if (seen.add(key) && !visitor.test(stored)) return;
      }
      if (page.looked() < rows) return;
      offset += page.looked();
    }
  }
}
