package dev.quorate.memories;

import dev.quorate.search.Filter;
import dev.quorate.search.Hit;
import dev.quorate.search.SearchIndex;
import dev.quorate.search.SearchQuery;
import dev.quorate.store.Store;
import dev.quorate.store.StoredMemory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finding memories by words. Thread-safe. What is found was answered before the call began, or
/// later.
public final class Recalling {
  private final Store store;
  private final SearchIndex index;
  private final Touches touches;
  private final Tokens tokens = new Tokens();

  public Recalling(Store store, SearchIndex index, Touches touches) {
    this.store = store;
    this.index = index;
    this.touches = touches;
  }

  /// A memory and how well it fits.
  public record Scored(StoredMemory memory, double score) {}

  /// What fitted into a budget of tokens.
  ///
  /// @param dropped how many results did not fit
  /// @param overflow whether the one result kept is larger than the budget
  public record Budget(int tokens, int used, int dropped, boolean overflow) {}

  /// What a recall answers.
  ///
  /// @param tokensUsed tokens of the contents; a quarter of their bytes where no budget was asked
  ///   for
  public record Recalled(List<Scored> memories, int tokensUsed, @Nullable Budget budget) {}

  /// Memories that have all words, best first. Leaves no trace.
  public List<Scored> search(String words, Filter filter, int limit) {
    return load(new SearchQuery(words, SearchQuery.Mode.ALL, filter, limit));
  }

  /// Memories that have any of the words, best first, and notes that they were recalled.
  ///
  /// @param budgetTokens how many tokens of content the caller can take, absent for any number
  public Recalled recall(String context, Filter filter, int limit, @Nullable Integer budgetTokens) {
    var found = load(new SearchQuery(context, SearchQuery.Mode.ANY, filter, limit));
    var recalled = budgetTokens == null ? unbounded(found) : within(budgetTokens, found);
    touches.touch(recalled.memories().stream().map(scored -> scored.memory().id()).toList());
    return recalled;
  }

  /// Ids of live memories that have any of the words, at most `limit`.
  List<String> idsMatching(String words, Filter filter, int limit) {
    var hits = index.search(new SearchQuery(words, SearchQuery.Mode.ANY, filter, limit));
    return hits.stream().map(Hit::id).toList();
  }

  private List<Scored> load(SearchQuery query) {
    var hits = index.search(query);
    if (hits.isEmpty()) return List.of();
    return store.read(snapshot -> {
      var found = new ArrayList<Scored>(hits.size());
      for (var hit : hits) {
        // The store is the truth: what has gone since the index was read is left out.
        snapshot
            .memory(hit.id())
            .filter(StoredMemory::live)
            .ifPresent(memory -> found.add(new Scored(memory, hit.score())));
      }
      return List.copyOf(found);
    });
  }

  private static Recalled unbounded(List<Scored> found) {
    var bytes = 0;
    for (var scored : found) {
      bytes += scored.memory().memory().content().getBytes(StandardCharsets.UTF_8).length;
    }
    return new Recalled(found, bytes / 4, null);
  }

  /// Takes results in rank order until one does not fit; the first is always taken, unless the
  /// budget is nothing at all.
  private Recalled within(int budget, List<Scored> found) {
    var kept = new ArrayList<Scored>();
    var used = 0;
    for (var scored : found) {
      if (budget == 0) break;
      var size = tokens.count(scored.memory().memory().content());
      if (!kept.isEmpty() && used + size > budget) break;
      kept.add(scored);
      used += size;
      if (used > budget) break;
    }
    var dropped = found.size() - kept.size();
    return new Recalled(kept, used, new Budget(budget, used, dropped, used > budget));
  }
}
