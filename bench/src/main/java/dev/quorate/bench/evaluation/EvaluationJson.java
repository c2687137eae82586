package dev.quorate.bench.evaluation;

import dev.quorate.json.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.node.ObjectNode;

/// The report for programs. Measures have four decimals.
public final class EvaluationJson {
  private EvaluationJson() {}

  public static void write(EvaluationReport report, Path file) throws IOException {
    var text = Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(of(report));
    Files.writeString(file, text + "\n");
  }

  static ObjectNode of(EvaluationReport report) {
    var corpus = report.corpus();
    var json = Json.object();
    json.put("corpus", corpus.name())
        .put("corpus_digest", corpus.digest())
        .put("memories", corpus.memories().size())
        .put("questions", corpus.questions().size())
        .put("url", report.endpoint().toString())
        .put("started_at", report.startedAt().toString())
        .put("limit", report.limit())
        .put("threshold", report.threshold());
    var modes = json.putArray("modes");
    for (var evaluation : report.evaluations()) modes.add(of(evaluation, report.threshold()));
    return json;
  }

  private static ObjectNode of(Evaluation evaluation, double threshold) {
    var loaded = evaluation.loaded();
    var silence = evaluation.silence(threshold);
    var json =
        Json.object()
            .put("mode", evaluation.mode().label())
            .put("namespace", evaluation.namespace())
            .put("stored", loaded.stored())
            .put("present", loaded.present())
            .put("changed", loaded.changed());
    var kinds = json.putObject("kinds");
    for (var kind : evaluation.kinds()) kinds.set(kind.label(), of(evaluation.scores(kind)));
    json.set("overall", of(evaluation.overall()));
    json.putObject("newer_first")
        .put("count", evaluation.newerFirst())
        .put("questions", evaluation.updates());
    json.putObject("silence")
        .put("rightly", silence.rightly())
        .put("without_evidence", silence.withoutEvidence())
        .put("wrongly", silence.wrongly())
        .put("with_evidence", silence.withEvidence())
        .put("separation", rounded(silence.separation()));
    return json;
  }

  private static ObjectNode of(Scores scores) {
    return Json.object()
        .put("questions", scores.questions())
        .put("recall_at_1", rounded(scores.recallAt1()))
        .put("recall_at_5", rounded(scores.recallAt5()))
        .put("recall_at_10", rounded(scores.recallAt10()))
        .put("mrr", rounded(scores.reciprocalRank()))
        .put("ndcg_at_10", rounded(scores.normalizedGainAt10()));
  }

  private static BigDecimal rounded(double value) {
    return BigDecimal.valueOf(value).setScale(4, RoundingMode.HALF_UP);
  }
}
