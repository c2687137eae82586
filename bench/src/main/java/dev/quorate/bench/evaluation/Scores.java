package dev.quorate.bench.evaluation;

import java.util.List;
import java.util.function.ToDoubleFunction;

/// The means of the measures over questions that have evidence.
///
/// @param questions how many these are
/// @param reciprocalRank known as MRR
/// @param normalizedGainAt10 known as NDCG@10
public record Scores(
    int questions,
    double recallAt1,
    double recallAt5,
    double recallAt10,
    double reciprocalRank,
    double normalizedGainAt10) {
  /// The means over some rankings; all 0 where there are none.
  static Scores of(List<Ranking> rankings) {
    return new Scores(
        rankings.size(),
        mean(rankings, ranking -> Measures.recall(ranking, 1)),
        mean(rankings, ranking -> Measures.recall(ranking, 5)),
        mean(rankings, ranking -> Measures.recall(ranking, 10)),
        mean(rankings, Measures::reciprocalRank),
        mean(rankings, ranking -> Measures.normalizedGain(ranking, 10)));
  }

  private static double mean(List<Ranking> rankings, ToDoubleFunction<Ranking> measure) {
    return rankings.stream().mapToDouble(measure).average().orElse(0);
  }
}
