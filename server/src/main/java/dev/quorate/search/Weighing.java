package dev.quorate.search;

import dev.quorate.memory.Tier;
import org.jspecify.annotations.Nullable;

/// How signals become a place (docs/internals/search.md says why so).
///
/// @param attainable the BM25 score that counts as 1
/// @param byWords whether words were asked for
/// @param byMeaning whether meaning was asked for
/// @param depth how deep the namespace is to which nearness counts, absent where it does not
record Weighing(
    double attainable,
    boolean byWords,
    boolean byMeaning,
    @Nullable Integer depth,
    long nowMillis) {
  /// How much meaning counts against words.
  private static final double MEANING = 0.5;

  /// How near memories are that answer a question, as a rule.
  private static final double NEARNESS_USUAL = 0.5;

  /// How much an endlessly old memory loses.
  private static final double AGE = 0.2;

  private static final double IMPORTANCE_ALONE = 0.85;
  private static final double PRIORITY = 0.08;
  private static final double CONFIDENCE = 0.04;
  private static final double TIER = 0.03;

  private static final double PRIORITY_MAX = 10;
  private static final double TIER_RANK_MAX = 2;
  private static final double NEARNESS_LOST_PER_LEVEL = 0.3;
  private static final double DAY_MILLIS = 86_400_000;

  Signals signals(
      @Nullable Double bm25,
      @Nullable Integer keywordRank,
      @Nullable Double cosine,
      @Nullable Integer vectorRank,
      Facts facts,
      long createdNanos) {
    var share = bm25 == null || attainable <= 0 ? 0 : Math.min(1, bm25 / attainable);
    return new Signals(
        bm25,
        share,
        keywordRank,
        cosine,
        vectorRank,
        fused(share, cosine),
        recency(facts, createdNanos),
        importance(facts),
        distance(facts));
  }

  private double fused(double share, @Nullable Double cosine) {
    if (!byMeaning) return share;
    // What has no vector yet is taken to mean what its words say, as far as such memories do.
    var nearness = cosine == null ? Math.min(share, NEARNESS_USUAL) : Math.max(0, cosine);
    return byWords ? (1 - MEANING) * share + MEANING * nearness : nearness;
  }

  private double recency(Facts facts, long createdNanos) {
    var days = Math.max(0, nowMillis - createdNanos / 1e6) / DAY_MILLIS;
    return 1 - AGE * (1 - Math.pow(2, -days / halfLifeDays(facts.tierRank())));
  }

  private static double halfLifeDays(int tierRank) {
    if (tierRank == Tier.SHORT.rank()) return 7;
    return tierRank == Tier.MID.rank() ? 30 : 365;
  }

  private static double importance(Facts facts) {
    return IMPORTANCE_ALONE
        + PRIORITY * facts.priority() / PRIORITY_MAX
        + CONFIDENCE * facts.confidence()
        + TIER * facts.tierRank() / TIER_RANK_MAX;
  }

  private double distance(Facts facts) {
    var levels = depth == null ? 0 : Math.abs(depth - facts.depth());
    return 1 / (1 + NEARNESS_LOST_PER_LEVEL * levels);
  }
}
