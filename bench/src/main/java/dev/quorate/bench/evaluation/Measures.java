package dev.quorate.bench.evaluation;

import java.util.List;

/// The usual measures of one ranking against the evidence, of which each piece counts the same. All
/// are 0..1, and 1 is best.
final class Measures {
  private Measures() {}

  /// The share of the evidence that is among the first `depth`.
  static double recall(Ranking ranking, int depth) {
    var found = ranks(ranking, depth).size();
    return (double) found / ranking.question().evidence().size();
  }

  /// One through the place of the first evidence; 0 where there is none.
  static double reciprocalRank(Ranking ranking) {
    var rank = ranking.bestRank(ranking.question().evidence());
    return rank == 0 ? 0 : 1.0 / rank;
  }

  /// The discounted gain of the first `depth`, over that of a ranking with all evidence in front. A
  /// piece of evidence at place n gains 1 / log2(n + 1).
  static double normalizedGain(Ranking ranking, int depth) {
    var gain = ranks(ranking, depth).stream().mapToDouble(Measures::discount).sum();
    var ideal = 0.0;
    var best = Math.min(depth, ranking.question().evidence().size());
    for (var rank = 1; rank <= best; rank++) ideal += discount(rank);
    return gain / ideal;
  }

  private static List<Integer> ranks(Ranking ranking, int depth) {
    return ranking.question().evidence().stream()
        .map(ranking::rank)
        .filter(rank -> rank > 0 && rank <= depth)
        .toList();
  }

  private static double discount(int rank) {
    return Math.log(2) / Math.log(rank + 1.0);
  }
}
