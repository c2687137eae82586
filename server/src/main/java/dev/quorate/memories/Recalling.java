package dev.quorate.memories;

import dev.quorate.failure.RequestFailure.Invalid;
import dev.quorate.search.Filter;
import dev.quorate.search.Hit;
import dev.quorate.search.Ranked;
import dev.quorate.search.RecallQuery;
import dev.quorate.search.SearchIndex;
import dev.quorate.search.SearchQuery;
import dev.quorate.search.Signals;
import dev.quorate.store.Snapshot;
import dev.quorate.store.Store;
import dev.quorate.store.StoredMemory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// Finding memories by words and by what they mean. Thread-safe. What is found was answered before
/// the call began, or later.
public final class Recalling {
  /// How many of the nearest are compared.
  private static final int ALIKE_MAX = 50;

  private final Store store;
  private final SearchIndex index;
  private final Touches touches;
  private final Meaning meaning;
  private final Remembered remembered;
  private final Shelved shelved;
  private final Tokens tokens = new Tokens();

  /// @param serving the models that made the vectors in the index
  public Recalling(Store store, SearchIndex index, Serving serving, Touches touches) {
    this.store = store;
    this.index = index;
    this.touches = touches;
    this.meaning = new Meaning(serving);
    var looks = new Looks();
    this.remembered = new Remembered(store, looks);
    this.shelved = new Shelved(store, looks);
  }

  /// What to recall.
  ///
  /// @param mode absent for the best that can be had
  /// @param asOf the moment whose state is asked for, absent for now
  /// @param among live memories, archived ones, or both
  /// @param budgetTokens how many tokens of content the caller can take, absent for any number
  public record Question(
      String text,
      Filter filter,
      int limit,
      @Nullable Integer budgetTokens,
      @Nullable RecallMode mode,
      @Nullable Instant asOf,
      Among among) {}

  /// A memory and how well it fits.
  ///
  /// @param signals all that gave it its place, where it was recalled
  public record Scored(StoredMemory memory, double score, @Nullable Signals signals) {}

  /// What fitted into a budget of tokens.
  ///
  /// @param dropped how many results did not fit
  /// @param overflow whether the one result kept is larger than the budget
  public record Budget(int tokens, int used, int dropped, boolean overflow) {}

  /// By what was recalled.
  ///
  /// @param reason why it was not by what was asked for, absent where it was
  public record By(RecallMode mode, @Nullable String reason) {}

  /// What a recall answers.
  ///
  /// @param tokensUsed tokens of the contents; a quarter of their bytes where no budget was asked
  ///   for
  /// @param complete whether nothing that was there is known to be missing
  /// @param truncated whether it ended because of its length
  public record Recalled(
      List<Scored> memories,
      int tokensUsed,
      @Nullable Budget budget,
      By by,
      boolean complete,
      boolean truncated) {
    Recalled(
        List<Scored> memories, int tokensUsed, @Nullable Budget budget, By by, boolean complete) {
      this(memories, tokensUsed, budget, by, complete, false);
    }

    private Recalled truncated(boolean now) {
      return new Recalled(memories, tokensUsed, budget, by, complete, now);
    }
  }

  /// What a search finds.
  ///
  /// @param truncated whether it ended because of its length
  public record Found(List<Scored> memories, boolean truncated) {}

  /// Memories that have all words, best first. Leaves no trace.
  ///
  /// @param announce told how many bytes were found, before anything else is read; what it throws
  ///   ends the search
  public Found search(String words, Filter filter, int limit, LongConsumer announce) {
    var hits = index.search(new SearchQuery(words, SearchQuery.Mode.ALL, filter, limit));
    return load(
        hits,
        (snapshot, hit) ->
            live(snapshot, hit.id()).map(memory -> new Scored(memory, hit.score(), null)),
        announce);
  }

  /// Memories that fit best by any of the words, by meaning or by both, best first. Notes that they
  /// were recalled, unless what is asked for is the past; nothing is noted of archived ones.
  ///
  /// @param announce as for [#search]
  /// @throws Invalid when the past or the archive is asked for by meaning alone, or both at once
  /// @throws dev.quorate.failure.RequestFailure.Unavailable when the meaning alone was asked for
  ///   and cannot be had now
  public Recalled recall(Question question, LongConsumer announce) {
    if (question.asOf() != null) return then(question, question.asOf(), announce);
    if (question.among() != Among.LIVE) return shelved(question, announce);
    var asked = meaning.of(question.text(), question.mode());
    var words = asked.by().mode() == RecallMode.VECTOR ? null : question.text();
    var ranked =
        index.recall(new RecallQuery(words, asked.vector(), question.filter(), question.limit()));
    var found =
        load(
            ranked,
            (snapshot, hit) -> live(snapshot, hit.id()).map(memory -> scored(memory, hit)),
            announce);
    var recalled =
        bounded(question, found.memories(), asked.by(), true).truncated(found.truncated());
    touches.touch(recalled.memories().stream().map(scored -> scored.memory().id()).toList());
    return recalled;
  }

  private Recalled shelved(Question question, LongConsumer announce) {
    var by = Shelved.by(question.mode());
    List<Ranked> live =
        question.among() == Among.ARCHIVED
            ? List.of()
            : index.recall(
                new RecallQuery(question.text(), null, question.filter(), question.limit()));
    var found = shelved.find(question, live);
    var recalled = cut(question, found.memories(), by, found.complete(), announce);
    touches.touch(
        recalled.memories().stream()
            .map(Scored::memory)
            .filter(StoredMemory::live)
            .map(StoredMemory::id)
            .toList());
    return recalled;
  }

  private Recalled then(Question question, Instant moment, LongConsumer announce) {
    if (question.among() != Among.LIVE) {
      throw new Invalid("archived does not go with as_of, which knows what was live then");
    }
    var by = Remembered.by(question.mode());
    var found = remembered.find(question.text(), question.filter(), question.limit(), moment);
    return cut(question, found.memories(), by, found.complete(), announce);
  }

  static Scored scored(StoredMemory memory, Ranked hit) {
    return new Scored(memory, hit.score(), hit.signals());
  }

  /// What is nearest in meaning to something.
  ///
  /// @param nearest with its cosine as the score; absent where nothing is
  /// @param compared how many of the nearest there were
  public record Alike(Optional<Scored> nearest, int compared) {}

  /// The live memory that is nearest in meaning to what one with this title and content would mean.
  /// Leaves no trace.
  ///
  /// @param namespace where to look, absent for everywhere
  /// @throws dev.quorate.failure.RequestFailure.Unavailable when the meaning cannot be had now
  public Alike alike(String title, String content, @Nullable String namespace) {
    var filter = namespace == null ? Filter.NONE : Filter.in(namespace);
    var vector = meaning.ofMemory(title, content);
    var hits = index.recall(RecallQuery.nearest(vector, filter, ALIKE_MAX));
    var nearest =
        store.read(snapshot ->
            hits.stream()
                .flatMap(hit ->
                    live(snapshot, hit.id()).stream()
                        .map(memory -> new Scored(memory, hit.nearness(), hit.signals())))
                .findFirst());
    return new Alike(nearest, hits.size());
  }

  /// Ids of live memories that have any of the words, at most `limit`.
  List<String> idsMatching(String words, Filter filter, int limit) {
    var hits = index.search(new SearchQuery(words, SearchQuery.Mode.ANY, filter, limit));
    return hits.stream().map(Hit::id).toList();
  }

  private <H> Found load(
      List<H> hits, BiFunction<Snapshot, H, Optional<Scored>> memory, LongConsumer announce) {
    if (hits.isEmpty()) return new Found(List.of(), false);
    return store.read(snapshot -> {
      var found = new Gathered<Scored>(hits.size());
      for (var hit : hits) {
        var scored = memory.apply(snapshot, hit);
        if (scored.isEmpty()) continue;
        if (!found.add(scored.get(), scored.get().memory().body())) break;
      }
      announce.accept(found.bytes());
      return new Found(found.rows(), found.truncated());
    });
  }

  /// The store is the truth: what has gone since the index was read is left out.
  private static Optional<StoredMemory> live(Snapshot snapshot, String id) {
    return snapshot.memory(id).filter(StoredMemory::live);
  }

  /// As much as an answer may be long of what was laid out in memory to be searched.
  private Recalled cut(
      Question question, List<Scored> all, By by, boolean complete, LongConsumer announce) {
    var found = new Gathered<Scored>(all.size());
    for (var scored : all) {
      if (!found.add(scored, scored.memory().body())) break;
    }
    announce.accept(found.bytes());
    return bounded(question, found.rows(), by, complete).truncated(found.truncated());
  }

  private Recalled bounded(Question question, List<Scored> found, By by, boolean complete) {
    var budget = question.budgetTokens();
    return budget == null ? unbounded(found, by, complete) : within(budget, found, by, complete);
  }

  private static Recalled unbounded(List<Scored> found, By by, boolean complete) {
    var bytes = 0;
    for (var scored : found) {
      bytes += scored.memory().memory().content().getBytes(StandardCharsets.UTF_8).length;
    }
    return new Recalled(found, bytes / 4, null, by, complete);
  }

  /// Takes results in rank order until one does not fit; the first is always taken, unless the
  /// budget is nothing at all.
  private Recalled within(int budget, List<Scored> found, By by, boolean complete) {
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
    return new Recalled(kept, used, new Budget(budget, used, dropped, used > budget), by, complete);
  }
}
