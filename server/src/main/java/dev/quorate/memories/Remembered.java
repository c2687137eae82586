package dev.quorate.memories;

import dev.quorate.failure.RequestFailure.Invalid;
import dev.quorate.memories.Recalling.By;
import dev.quorate.memories.Recalling.Scored;
import dev.quorate.search.Filter;
import dev.quorate.search.PastSearch;
import dev.quorate.search.RecallQuery;
import dev.quorate.store.Store;
import dev.quorate.store.StoredMemory;
import dev.quorate.time.Timestamps;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Recall from what this node knows of the past, by words: vectors are kept of the present only.
/// Leaves no trace. Thread-safe.
final class Remembered {
  private final Store store;
  private final Looks looks;

  Remembered(Store store, Looks looks) {
    this.store = store;
    this.looks = looks;
  }

  /// @param complete whether all that was there is known, as far as this node can tell
  record Found(List<Scored> memories, boolean complete) {}

  /// By what the past is recalled.
  ///
  /// @throws Invalid when it is to be recalled by meaning alone
  static By by(@Nullable RecallMode wanted) {
    return switch (wanted) {
      case VECTOR -> throw new Invalid("as_of goes with mode keyword only: vector");
      case KEYWORD -> new By(RecallMode.KEYWORD, null);
      case HYBRID -> byWords();
      case null -> byWords();
    };
  }

  private static By byWords() {
    return new By(RecallMode.KEYWORD, "the past is found by words only");
  }

  /// The memories that fitted best at a moment, best first.
  ///
  /// @throws Invalid when the moment is yet to come
  /// @throws dev.quorate.failure.RequestFailure.Overloaded while others look into the past
  Found find(String words, Filter filter, int limit, Instant moment) {
    try (var _ = looks.begin()) {
      var past =
          store.read(snapshot -> {
            if (moment.toEpochMilli() > snapshot.nowMillis()) {
              throw new Invalid("as_of must not be in the future: " + Timestamps.render(moment));
            }
            return new Then(snapshot, moment).read(filter);
          });
      var query = new RecallQuery(words, null, filter, limit);
      var laidOut = LookRoom.laidOut(past.memories().values(), UnaryOperator.identity());
      var found =
          PastSearch.run(laidOut, query, moment.toEpochMilli()).stream()
              .map(hit -> Recalling.scored(memory(past, hit.id()), hit))
              .toList();
      return new Found(found, past.complete());
    }
  }

  private static StoredMemory memory(Then.Past past, String id) {
    var memory = past.memories().get(id);
    if (memory == null) throw new IllegalStateException("found what was not laid out: " + id);
    return memory;
  }
}
