package dev.quorate.search;

import dev.quorate.memory.Tier;
import java.io.IOException;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.ConstantScoreScorerSupplier;
import org.apache.lucene.search.ConstantScoreWeight;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.ScorerSupplier;
import org.apache.lucene.search.TwoPhaseIterator;
import org.apache.lucene.search.Weight;
import org.jspecify.annotations.Nullable;

/// Filters by the packed [Facts], looked at for each memory that passed everything cheaper.
final class FactsFilter extends Query {
  /// What one look costs, in simple operations.
  private static final float COST = 10;

  private final int minPriority;
  private final int tierRank;
  private final boolean cited;

  private FactsFilter(int minPriority, int tierRank, boolean cited) {
    this.minPriority = minPriority;
    this.tierRank = tierRank;
    this.cited = cited;
  }

  static FactsFilter of(Filter filter) {
    return new FactsFilter(filter.minPriority(), rank(filter.tier()), filter.hasCitations());
  }

  private static int rank(@Nullable Tier tier) {
    return tier == null ? -1 : tier.rank();
  }

  boolean passesAll() {
    return minPriority <= 1 && tierRank < 0 && !cited;
  }

  private boolean passes(Facts facts) {
    return facts.priority() >= minPriority
        && (tierRank < 0 || facts.tierRank() == tierRank)
        && (!cited || facts.cited());
  }

  @Override
  public Weight createWeight(IndexSearcher searcher, ScoreMode scoreMode, float boost) {
    return new ConstantScoreWeight(this, boost) {
      @Override
      public ScorerSupplier scorerSupplier(LeafReaderContext context) throws IOException {
        var facts = DocValues.getNumeric(context.reader(), Columns.FACTS);
        var every = DocIdSetIterator.all(context.reader().maxDoc());
        var passing =
            new TwoPhaseIterator(every) {
              @Override
              public boolean matches() throws IOException {
                return facts.advanceExact(approximation.docID())
                    && passes(new Facts(facts.longValue()));
              }

              @Override
              public float matchCost() {
                return COST;
              }
            };
        return ConstantScoreScorerSupplier.fromIterator(
            TwoPhaseIterator.asDocIdSetIterator(passing),
            score(),
            scoreMode,
            context.reader().maxDoc());
      }

      @Override
      public boolean isCacheable(LeafReaderContext context) {
        return true;
      }
    };
  }

  @Override
  public void visit(QueryVisitor visitor) {
    visitor.visitLeaf(this);
  }

  @Override
  public String toString(String field) {
    return "facts";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FactsFilter that
        && minPriority == that.minPriority
        && tierRank == that.tierRank
        && cited == that.cited;
  }

  @Override
  public int hashCode() {
    return (minPriority * 31 + tierRank) * 31 + Boolean.hashCode(cited);
  }
}
