package dev.quorate.memories;

import dev.quorate.failure.RequestFailure.Invalid;
import dev.quorate.memories.Recalling.By;
import dev.quorate.memories.Recalling.Question;
import dev.quorate.memories.Recalling.Scored;
import dev.quorate.search.Filter;
import dev.quorate.search.PastSearch;
import dev.quorate.search.Ranked;
import dev.quorate.search.RecallQuery;
import dev.quorate.store.PageEnd;
import dev.quorate.store.Snapshot;
import dev.quorate.store.Store;
import dev.quorate.store.StoredMemory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Recall among archived memories, by words. They are not in the index, whose statistics, graph and
/// size are those of live memories alone; for a question that wants them they are laid out in
/// memory and ranked by the same rules. Thread-safe.
final class Shelved {
  private static final Comparator<Scored> BEST_FIRST =
      Comparator.comparingDouble(Scored::score)
          .reversed()
          .thenComparing(scored -> scored.memory().id());

  private final Store store;
  private final Looks looks;

  Shelved(Store store, Looks looks) {
    this.store = store;
    this.looks = looks;
  }

  /// @param complete whether every archived memory was looked at
  record Found(List<Scored> memories, boolean complete) {}

  /// By what archived memories are recalled.
  ///
  /// @throws Invalid when they are to be recalled by meaning alone
  static By by(@Nullable RecallMode wanted) {
    return switch (wanted) {
      case VECTOR -> throw new Invalid("archived goes with mode keyword only: vector");
      case KEYWORD -> new By(RecallMode.KEYWORD, null);
      case HYBRID -> byWords();
      case null -> byWords();
    };
  }

  private static By byWords() {
    return new By(RecallMode.KEYWORD, "archived memories are found by words only");
  }

  /// The archived memories that fit best, with the live ones that were found already, best first.
  ///
  /// @param live hits of the index; none where only archived memories are wanted
  Found find(Question question, List<Ranked> live) {
    record Look(List<Scored> live, Archive archive, long nowMillis) {}
    try (var _ = looks.begin()) {
      // One look: what is archived or restored meanwhile is found once.
      var look =
          store.read(snapshot ->
              new Look(
                  live(snapshot, live),
                  archive(snapshot, question.filter()),
                  snapshot.nowMillis()));
      var archive = look.archive().memories();
      var query = new RecallQuery(question.text(), null, question.filter(), question.limit());
      var found = new ArrayList<>(look.live());
      // Those whose expiry passed are archived by that, and not gone.
      var laidOut = LookRoom.laidOut(archive.values(), memory -> memory.withExpiry(null));
      for (var hit : PastSearch.run(laidOut, query, look.nowMillis())) {
        found.add(Recalling.scored(Objects.requireNonNull(archive.get(hit.id())), hit));
      }
      found.sort(BEST_FIRST);
      var best = found.subList(0, Math.min(question.limit(), found.size()));
      return new Found(List.copyOf(best), look.archive().complete());
    }
  }

  private static List<Scored> live(Snapshot snapshot, List<Ranked> hits) {
    var found = new ArrayList<Scored>();
    for (var hit : hits) {
      snapshot
          .memory(hit.id())
          .filter(StoredMemory::live)
          .ifPresent(memory -> found.add(Recalling.scored(memory, hit)));
    }
    return found;
  }

  /// @param complete whether nothing was left out
  private record Archive(Map<String, StoredMemory> memories, boolean complete) {
    Archive with(StoredMemory memory) {
      memories.put(memory.id(), memory);
      return this;
    }

    Archive lacking() {
      return new Archive(memories, false);
    }
  }

  /// The memories archived last in the namespaces of a filter, as many as a look may cost.
  private static Archive archive(Snapshot snapshot, Filter filter) {
    var room = new LookRoom();
    var archive = new Archive(new LinkedHashMap<>(), true);
    var namespaces = new ArrayList<@Nullable String>(filter.namespaces());
    if (namespaces.isEmpty()) namespaces.add(null);
    for (var namespace : namespaces) {
      for (var offset = 0; ; ) {
        var page = snapshot.archived(namespace, LookRoom.PAGE, offset);
        for (var memory : page) {
          if (!room.take(memory)) return archive.lacking();
          archive = LookRoom.isReadable(memory) ? archive.with(memory) : archive.lacking();
        }
        if (!PageEnd.mayGoOn(page, LookRoom.PAGE)) break;
        offset += page.size();
      }
    }
    return archive;
  }
}
