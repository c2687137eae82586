package dev.quorate.bench.evaluation;

import dev.quorate.bench.corpus.Corpus;
import dev.quorate.bench.wire.Endpoint;
import java.time.Instant;
import java.util.List;

/// Everything that is said of one run.
///
/// @param limit how many results were taken of each recall
/// @param threshold the top score below which an answer counts as silence
public record EvaluationReport(
    Corpus corpus,
    Endpoint endpoint,
    Instant startedAt,
    int limit,
    double threshold,
    List<Evaluation> evaluations) {
  public EvaluationReport {
    evaluations = List.copyOf(evaluations);
  }
}
