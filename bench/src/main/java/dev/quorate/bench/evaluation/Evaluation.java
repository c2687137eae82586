package dev.quorate.bench.evaluation;

import dev.quorate.bench.corpus.QuestionKind;
import java.util.Arrays;
import java.util.List;

/// All questions of a corpus, asked in one mode.
public record Evaluation(RecallMode mode, String namespace, Loaded loaded, List<Ranking> rankings) {
  public Evaluation {
    rankings = List.copyOf(rankings);
  }

  /// The kinds that were asked and have evidence.
  List<QuestionKind> kinds() {
    return Arrays.stream(QuestionKind.values())
        .filter(kind -> kind != QuestionKind.NOTHING && !of(kind).isEmpty())
        .toList();
  }

  Scores scores(QuestionKind kind) {
    return Scores.of(of(kind));
  }

  /// Over all questions with evidence, each counting the same.
  Scores overall() {
    return Scores.of(withEvidence());
  }

  int updates() {
    return of(QuestionKind.UPDATE).size();
  }

  /// Questions about updates for which the newer memory stands before the outdated ones.
  int newerFirst() {
    return (int) of(QuestionKind.UPDATE).stream().filter(Ranking::newerFirst).count();
  }

  Silence silence(double threshold) {
    return Silence.of(of(QuestionKind.NOTHING), withEvidence(), threshold);
  }

  private List<Ranking> of(QuestionKind kind) {
    return rankings.stream().filter(ranking -> ranking.question().kind() == kind).toList();
  }

  private List<Ranking> withEvidence() {
    return rankings.stream()
        .filter(ranking -> ranking.question().kind() != QuestionKind.NOTHING)
        .toList();
  }
}
