package dev.quorate.bench.evaluation;

import java.util.List;

/// How well a server's scores tell questions without an answer from those with one.
///
/// @param rightly questions without evidence that were met with silence: nothing found, or a top
///   score below the threshold
/// @param withoutEvidence how many of those there are
/// @param wrongly questions with evidence that were met with silence
/// @param withEvidence how many of those there are
/// @param separation how often a question with evidence has a higher top score than one without,
///   over all pairs of them, equal scores counting half: 1 where some threshold divides them, 0.5
///   for chance. Needs no threshold, so that it compares modes whose scores differ in scale; 0
///   where there are no pairs
public record Silence(
    int rightly, int withoutEvidence, int wrongly, int withEvidence, double separation) {
  static Silence of(List<Ranking> without, List<Ranking> with, double threshold) {
    return new Silence(
        silent(without, threshold),
        without.size(),
        silent(with, threshold),
        with.size(),
        separation(without, with));
  }

  private static int silent(List<Ranking> rankings, double threshold) {
    return (int) rankings.stream().filter(ranking -> ranking.isSilent(threshold)).count();
  }

  private static double separation(List<Ranking> without, List<Ranking> with) {
    return with.stream()
        .mapToDouble(answerable ->
            without.stream()
                .mapToDouble(unanswerable -> wins(answerable.topScore(), unanswerable.topScore()))
                .average()
                .orElse(0))
        .average()
        .orElse(0);
  }

  private static double wins(double higher, double lower) {
    if (higher == lower) return 0.5;
    return higher > lower ? 1 : 0;
  }
}
