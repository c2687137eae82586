package dev.quorate.vectors;

import dev.quorate.merge.ContentRegister;
import dev.quorate.store.Store;
import dev.quorate.store.VectorSpace;
import java.util.List;

/// Where the look for memories without a vector stands in the sequence of changes: what is new is
/// looked at first, what was there before afterwards, so that nothing new waits for a backlog. It
/// lives in memory only: a start looks through everything once. Not thread-safe.
final class Reading {
  /// Few enough that one look holds no snapshot for long.
  private static final int CHANGES = 2_000;

  private final Store store;
  private long news;
  private long backlog;
  private long backlogEnd;

  Reading(Store store) {
    this.store = store;
    fromTheStart();
  }

  /// Looks through everything once more.
  void fromTheStart() {
    news = store.committedSequence();
    backlog = 0;
    backlogEnd = news;
  }

  /// Whether everything has been looked at.
  boolean atTheEnd() {
    return backlog >= backlogEnd && news >= store.committedSequence();
  }

  /// What lacks a vector in the next stretch, and may be none though there is more to look at.
  List<ContentRegister> next(VectorSpace space) {
    var committed = store.committedSequence();
    if (news < committed) {
      var page = store.read(snapshot -> snapshot.embeddings().lacking(space, news, CHANGES));
      // The last numbers may have been given to changes that are gone again.
      news = page.upTo() > news ? page.upTo() : committed;
      return page.contents();
    }
    var page = store.read(snapshot -> snapshot.embeddings().lacking(space, backlog, CHANGES));
    backlog = page.upTo() > backlog ? page.upTo() : backlogEnd;
    return page.contents();
  }
}
