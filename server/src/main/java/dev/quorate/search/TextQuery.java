package dev.quorate.search;

import dev.quorate.search.SearchQuery.Mode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.TermStates;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/// The words of a query as clauses, and how much a memory can score at most. Made for one searcher.
final class TextQuery {
  private final IndexSearcher searcher;
  private final Mode mode;
  private final long memories;
  private final List<Query> clauses = new ArrayList<>();
  private double attainable;
  private boolean impossible;

  TextQuery(IndexSearcher searcher, Mode mode, List<Word> words) throws IOException {
    this.searcher = searcher;
    this.mode = mode;
    var statistics = searcher.collectionStatistics(Columns.TEXT);
    this.memories = statistics == null ? 0 : statistics.docCount();
    for (var word : words) {
      if (word.ideographic() && mode == Mode.ANY && word.terms().size() > 2) {
        addPairs(word.terms());
      } else {
        add(word.terms());
      }
    }
  }

  /// Whether nothing can match.
  boolean impossible() {
    return impossible || clauses.isEmpty();
  }

  /// More than any memory can score: what one would that holds nothing but these words.
  double attainable() {
    return attainable;
  }

  void addTo(BooleanQuery.Builder query) {
    var occur = mode == Mode.ALL ? Occur.MUST : Occur.SHOULD;
    clauses.forEach(clause -> query.add(clause, occur));
    query.setMinimumNumberShouldMatch(mode == Mode.ANY ? 1 : 0);
  }

  /// A sentence without spaces is no word: any two neighbours in it count.
  private void addPairs(List<String> terms) throws IOException {
    for (var i = 0; i + 1 < terms.size(); i++) add(terms.subList(i, i + 2));
  }

  private void add(List<String> word) throws IOException {
    var found = true;
    var phrase = new PhraseQuery.Builder();
    TermQuery single = null;
    for (var text : word) {
      var term = new Term(Columns.TEXT, text);
      var states = TermStates.build(searcher, term, true);
      attainable += rarity(states.docFreq());
      if (states.docFreq() == 0) {
        found = false;
      } else {
        single = new TermQuery(term, states);
        phrase.add(term);
      }
    }
    if (!found || single == null) {
      impossible |= mode == Mode.ALL;
    } else {
      clauses.add(word.size() == 1 ? single : phrase.build());
    }
  }

  /// BM25's inverse document frequency, which bounds what one term can add to a score.
  private double rarity(int holders) {
    return Math.log1p((memories - holders + 0.5) / (holders + 0.5));
  }
}
