package dev.quorate.memories;

import dev.quorate.store.ListQuery;
import dev.quorate.store.PageEnd;
import dev.quorate.store.Snapshot;
import dev.quorate.store.StoredMemory;
import java.util.function.Predicate;

/// Goes through the live memories of a namespace, page by page.
final class Listing {
  private static final int PAGE = 500;

  private Listing() {}

  /// Shows every live memory of a namespace to `visitor`, in the order of a listing, until it says
  /// that it has enough.
  static void forEach(Snapshot snapshot, String namespace, Predicate<StoredMemory> visitor) {
    ListQuery.Position after = null;
    while (true) {
      var page =
          snapshot.list(new ListQuery(namespace, null, 1, null, null, null, null, after, PAGE, 0));
      for (var row : page) {
        if (!visitor.test(row)) return;
      }
      if (!PageEnd.mayGoOn(page, PAGE)) return;
      var last = page.getLast();
      after = new ListQuery.Position(last.memory().priority(), last.stamp().time(), last.id());
    }
  }
}
