package dev.quorate.bench.evaluation;

import java.util.Locale;

/// The report for people: a table for each mode, below it what no table holds.
public final class EvaluationText {
  private static final int LABEL_WIDTH = 17;

  private EvaluationText() {}

  public static String of(EvaluationReport report) {
    var text = new StringBuilder();
    var corpus = report.corpus();
    row(
        text,
        "corpus",
        String.format(
            Locale.ROOT,
            "%s: %,d memories, %,d questions",
            corpus.name(),
            corpus.memories().size(),
            corpus.questions().size()));
    row(
        text,
        "server",
        String.format(
            Locale.ROOT, "%s, %d results of each recall", report.endpoint(), report.limit()));
    for (var evaluation : report.evaluations()) {
      text.append('\n');
      append(text, evaluation, report.threshold());
    }
    return text.toString();
  }

  private static void append(StringBuilder text, Evaluation evaluation, double threshold) {
    row(
        text,
        evaluation.mode().label(),
        "questions  recall@1  recall@5  recall@10     MRR  NDCG@10");
    for (var kind : evaluation.kinds()) scores(text, kind.label(), evaluation.scores(kind));
    scores(text, "overall", evaluation.overall());
    if (evaluation.updates() > 0) {
      row(
          text,
          "newer first",
          String.format(
              Locale.ROOT,
              "%d of %d questions about updates (%s)",
              evaluation.newerFirst(),
              evaluation.updates(),
              percent(evaluation.newerFirst(), evaluation.updates())));
    }
    silence(text, evaluation.silence(threshold), threshold);
    loaded(text, evaluation);
  }

  private static void scores(StringBuilder text, String label, Scores scores) {
    row(
        text,
        label,
        String.format(
            Locale.ROOT,
            "%9d  %8.3f  %8.3f  %9.3f  %6.3f  %7.3f",
            scores.questions(),
            scores.recallAt1(),
            scores.recallAt5(),
            scores.recallAt10(),
            scores.reciprocalRank(),
            scores.normalizedGainAt10()));
  }

  private static void silence(StringBuilder text, Silence silence, double threshold) {
    if (silence.withoutEvidence() == 0) return;
    row(
        text,
        "nothing to find",
        String.format(
            Locale.ROOT,
            "%d of %d answered nothing, or below %s (%s); so were %d of %d with evidence (%s)",
            silence.rightly(),
            silence.withoutEvidence(),
            threshold,
            percent(silence.rightly(), silence.withoutEvidence()),
            silence.wrongly(),
            silence.withEvidence(),
            percent(silence.wrongly(), silence.withEvidence())));
    row(text, "separation", String.format(Locale.ROOT, "%.3f", silence.separation()));
  }

  private static void loaded(StringBuilder text, Evaluation evaluation) {
    var loaded = evaluation.loaded();
    row(
        text,
        "namespace",
        String.format(
            Locale.ROOT,
            "%s: %,d memories stored now, %,d there before",
            evaluation.namespace(),
            loaded.stored(),
            loaded.present()));
    if (loaded.changed() > 0) {
      row(
          text,
          "note",
          String.format(
              Locale.ROOT,
              "earlier recalls have changed priority or tier of %,d memories; --namespace begins anew",
              loaded.changed()));
    }
  }

  private static String percent(int part, int whole) {
    return whole == 0 ? "-" : String.format(Locale.ROOT, "%.1f %%", 100.0 * part / whole);
  }

  private static void row(StringBuilder text, String label, String value) {
    text.append(label).repeat(' ', LABEL_WIDTH - label.length()).append(value).append('\n');
  }
}
