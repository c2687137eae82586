package dev.quorate.search;

import dev.quorate.embedding.ModelVector;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TopScoreDocCollectorManager;
import org.jspecify.annotations.Nullable;

/// One recall over one searcher: the best by words and the nearest by meaning are looked for apart,
/// each within the filter; then every signal of each of them is read, and they are ordered by all,
/// or by what is asked for alone.
final class RecallSearch {
  private static final int KEYWORD_POOL_MIN = 30;
  private static final int KEYWORD_POOL_TIMES = 3;
  private static final int VECTOR_POOL_MIN = 100;
  private static final int VECTOR_POOL_TIMES = 10;

  /// What shares no word and is no nearer than this has nothing to do with the question.
  private static final double COSINE_MIN = 0.2;

  private static final Comparator<Ranked> BEST_FIRST =
      Comparator.comparingDouble(Ranked::score).reversed().thenComparing(Ranked::id);

  private static final Comparator<Ranked> NEAREST_FIRST =
      Comparator.comparingDouble(Ranked::nearness).reversed().thenComparing(Ranked::id);

  private final IndexSearcher searcher;
  private final RecallQuery query;
  private final long nowMillis;
  private final @Nullable TextQuery text;

  private RecallSearch(IndexSearcher searcher, List<Word> words, RecallQuery query, long nowMillis)
      throws IOException {
    this.searcher = searcher;
    this.query = query;
    this.nowMillis = nowMillis;
    var telling = new TextQuery(searcher, SearchQuery.Mode.ANY, QuestionWords.leftOut(words));
    this.text = telling.impossible() ? null : telling;
  }

  /// The best of what has not expired.
  ///
  /// @param words of the query; none to look by meaning alone
  static List<Ranked> run(
      IndexSearcher searcher, List<Word> words, RecallQuery query, long nowMillis)
      throws IOException {
    return new RecallSearch(searcher, words, query, nowMillis).run();
  }

  private List<Ranked> run() throws IOException {
    var pools = pools(false);
    var found = ranked(pools);
    // What expired is dropped soon, so that asking each memory for its expiry is seldom worth it:
    // only where expired ones have taken the places of others.
    if (found.expired() && found.best().size() < query.limit()) found = ranked(pools(true));
    var best = found.best();
    best.sort(query.order() == RecallQuery.Order.NEAREST ? NEAREST_FIRST : BEST_FIRST);
    return List.copyOf(best.subList(0, Math.min(query.limit(), best.size())));
  }

  /// Places from 1 by document.
  private record Pools(Map<Integer, Integer> keyword, Map<Integer, Integer> vector) {}

  private record Found(List<Ranked> best, boolean expired) {}

  private Pools pools(boolean unexpired) throws IOException {
    Map<Integer, Integer> keyword = Map.of();
    if (text != null) {
      var all = filter(unexpired);
      text.addTo(all);
      keyword = places(all.build(), pool(KEYWORD_POOL_MIN, KEYWORD_POOL_TIMES));
    }
    Map<Integer, Integer> vector = Map.of();
    if (query.meaning() != null) {
      var pool = pool(VECTOR_POOL_MIN, VECTOR_POOL_TIMES);
      vector = places(nearest(query.meaning(), pool, filter(unexpired).build()), pool);
    }
    return new Pools(keyword, vector);
  }

  private BooleanQuery.Builder filter(boolean unexpired) {
    var filter = new BooleanQuery.Builder();
    FilterQuery.add(query.filter(), filter);
    if (unexpired) FilterQuery.addUnexpired(nowMillis, filter);
    return filter;
  }

  private static Query nearest(ModelVector meaning, int pool, BooleanQuery filter) {
    var vector = meaning.vector();
    var field = Columns.vector(meaning.model(), vector.dimension());
    return filter.clauses().isEmpty()
        ? new KnnFloatVectorQuery(field, vector.values(), pool)
        : new KnnFloatVectorQuery(field, vector.values(), pool, filter);
  }

  private Map<Integer, Integer> places(Query best, int pool) throws IOException {
    // Counting ends where the pool is full, so that what cannot reach it need not be scored.
    var found = searcher.search(best, new TopScoreDocCollectorManager(pool, pool)).scoreDocs;
    var places = HashMap.<Integer, Integer>newHashMap(found.length);
    for (var hit : found) places.put(hit.doc, places.size() + 1);
    return places;
  }

  private int pool(int min, int times) {
    var wanted = Math.max(min, (long) times * query.limit());
    return Math.clamp(wanted, 1, Math.max(1, searcher.getIndexReader().maxDoc()));
  }

  private Found ranked(Pools pools) throws IOException {
    var documents = new TreeSet<>(pools.keyword().keySet());
    documents.addAll(pools.vector().keySet());
    var weighing =
        new Weighing(
            text == null ? 0 : text.attainable(),
            query.words() != null,
            query.meaning() != null,
            depth(query.filter()),
            nowMillis);
    var best = new ArrayList<Ranked>(documents.size());
    var expired = false;
    var reader = new SignalReader(searcher, text, query.meaning());
    for (var document : documents) {
      var read = reader.read(document);
      if (read.expiresMillis() <= nowMillis) {
        expired = true;
        continue;
      }
      var cosine = read.cosine();
      if (read.bm25() == null && cosine != null && cosine < COSINE_MIN) continue;
      best.add(
          new Ranked(
              read.id(),
              weighing.signals(
                  read.bm25(),
                  pools.keyword().get(document),
                  cosine,
                  pools.vector().get(document),
                  read.facts(),
                  read.createdNanos())));
    }
    return new Found(best, expired);
  }

  private static @Nullable Integer depth(Filter filter) {
    var namespace = filter.namespace();
    return namespace == null || !filter.ancestors() ? null : Namespaces.depth(namespace);
  }
}
