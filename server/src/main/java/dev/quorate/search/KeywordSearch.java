package dev.quorate.search;

import java.io.IOException;
import java.util.List;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopScoreDocCollectorManager;
import org.jspecify.annotations.Nullable;

/// One search by words over one searcher.
final class KeywordSearch {
  private static final int POOL_MIN = 30;
  private static final int POOL_TIMES = 3;

  private KeywordSearch() {}

  static List<Hit> run(IndexSearcher searcher, List<Word> words, SearchQuery query, long nowMillis)
      throws IOException {
    var text = new TextQuery(searcher, query.mode(), words);
    if (text.impossible()) return List.of();
    var all = new BooleanQuery.Builder();
    text.addTo(all);
    FilterQuery.add(query.filter(), all);
    var ranking = new Ranking(searcher, text.attainable(), depth(query.filter()), nowMillis);
    var pool = pool(query.limit(), searcher.getIndexReader().maxDoc());
    var found = best(searcher, all, pool);
    var hits = ranking.live(found);
    // What expired is dropped soon, so that asking each match for its expiry is seldom worth it:
    // only where expired ones have taken the places of others.
    if (hits.size() < Math.min(query.limit(), found.length) && found.length == pool) {
      FilterQuery.addUnexpired(nowMillis, all);
      hits = ranking.live(best(searcher, all, pool));
    }
    return List.copyOf(hits.subList(0, Math.min(query.limit(), hits.size())));
  }

  private static ScoreDoc[] best(IndexSearcher searcher, BooleanQuery.Builder query, int pool)
      throws IOException {
    // Counting ends where the pool is full, so that what cannot reach it need not be scored.
    return searcher.search(query.build(), new TopScoreDocCollectorManager(pool, pool)).scoreDocs;
  }

  /// How many of the best by text are ranked.
  private static int pool(int limit, int documents) {
    var wanted = Math.max(POOL_MIN, (long) POOL_TIMES * limit);
    return Math.clamp(wanted, 1, Math.max(1, documents));
  }

  private static @Nullable Integer depth(Filter filter) {
    var namespace = filter.namespace();
    return namespace == null || !filter.ancestors() ? null : Namespaces.depth(namespace);
  }
}
