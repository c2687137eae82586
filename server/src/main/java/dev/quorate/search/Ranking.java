package dev.quorate.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.jspecify.annotations.Nullable;

/// Orders what the text search found. The text decides; how important, sure, lasting and recent a
/// memory is moves it by less than a third (docs/internals/search.md has the formula).
///
/// @param searcher that found it
/// @param attainable the text score that counts as 1
/// @param depth how deep the namespace is to which nearness counts, absent where it does not
record Ranking(IndexSearcher searcher, double attainable, @Nullable Integer depth, long nowMillis) {
  private static final Comparator<Hit> BEST_FIRST =
      Comparator.comparingDouble(Hit::score).reversed().thenComparing(Hit::id);

  private static final double TEXT_ALONE = 0.70;
  private static final double PRIORITY = 0.10;
  private static final double CONFIDENCE = 0.05;
  private static final double TIER = 0.05;
  private static final double RECENCY = 0.10;

  private static final double PRIORITY_MAX = 10;
  private static final double TIER_RANK_MAX = 2;
  private static final double RECENCY_LOST_PER_DAY = 0.1;
  private static final double NEARNESS_LOST_PER_LEVEL = 0.3;
  private static final double DAY_MILLIS = 86_400_000;

  /// All that have not expired, best first.
  List<Hit> live(ScoreDoc[] found) throws IOException {
    // Columns are read in the order of documents, leaf by leaf.
    Arrays.sort(found, Comparator.comparingInt(hit -> hit.doc));
    var leaves = searcher.getIndexReader().leaves();
    var hits = new ArrayList<Hit>(found.length);
    for (var from = 0; from < found.length; ) {
      var leaf = leaves.get(ReaderUtil.subIndex(found[from].doc, leaves));
      var end = leaf.docBase + leaf.reader().maxDoc();
      var to = from;
      while (to < found.length && found[to].doc < end) to++;
      rank(Arrays.asList(found).subList(from, to), leaf.docBase, leaf.reader(), hits);
      from = to;
    }
    hits.sort(BEST_FIRST);
    return hits;
  }

  private void rank(List<ScoreDoc> found, int base, LeafReader leaf, List<Hit> hits)
      throws IOException {
    var ids = DocValues.getBinary(leaf, Columns.ID_COLUMN);
    var facts = DocValues.getNumeric(leaf, Columns.FACTS);
    var expires = DocValues.getNumeric(leaf, Columns.EXPIRES);
    var updated = DocValues.getNumeric(leaf, Columns.UPDATED);
    for (var hit : found) {
      var document = hit.doc - base;
      if (!ids.advanceExact(document)
          || !facts.advanceExact(document)
          || !expires.advanceExact(document)
          || !updated.advanceExact(document)) {
        throw new IllegalStateException("document %d has no columns".formatted(hit.doc));
      }
      if (expires.longValue() <= nowMillis) continue;
      hits.add(
          new Hit(
              ids.binaryValue().utf8ToString(),
              score(hit.score, new Facts(facts.longValue()), updated.longValue())));
    }
  }

  private double score(double text, Facts facts, long updatedMillis) {
    var days = Math.max(0, nowMillis - updatedMillis) / DAY_MILLIS;
    var importance =
        TEXT_ALONE
            + PRIORITY * facts.priority() / PRIORITY_MAX
            + CONFIDENCE * facts.confidence()
            + TIER * facts.tierRank() / TIER_RANK_MAX
            + RECENCY / (1 + RECENCY_LOST_PER_DAY * days);
    var distance = depth == null ? 0 : Math.abs(depth - facts.depth());
    return Math.min(1, text / attainable) * importance / (1 + NEARNESS_LOST_PER_LEVEL * distance);
  }
}
