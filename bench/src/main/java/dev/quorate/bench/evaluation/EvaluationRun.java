package dev.quorate.bench.evaluation;

import dev.quorate.bench.corpus.Corpus;
import dev.quorate.bench.probe.Probe;
import dev.quorate.bench.wire.Endpoint;
import java.util.ArrayList;
import java.util.function.Consumer;

/// Stores a corpus and asks all of its questions, a mode at a time. Throws [CannotRun] at the first
/// answer with which it cannot go on.
public final class EvaluationRun {
  private static final int QUESTIONS_A_LINE = 100;

  private final Probe probe;
  private final Endpoint endpoint;
  private final Corpus corpus;
  private final Asking asking;
  private final Consumer<String> progress;

  /// `progress` gets a line now and then that tells how far the run is.
  public EvaluationRun(
      Probe probe, Endpoint endpoint, Corpus corpus, Asking asking, Consumer<String> progress) {
    this.probe = probe;
    this.endpoint = endpoint;
    this.corpus = corpus;
    this.asking = asking;
    this.progress = progress;
  }

  /// Measures one mode in a namespace.
  public Evaluation measure(RecallMode mode, String namespace) {
    var store = new CorpusStore(probe, endpoint, namespace, corpus);
    var loaded =
        store.load((count, wanted) ->
            progress.accept("%s: %d of %d memories".formatted(namespace, count, wanted)));
    if (mode != RecallMode.KEYWORD) new VectorsMade(probe, endpoint).await(progress);
    var questions = corpus.questions();
    var rankings = new ArrayList<Ranking>(questions.size());
    for (var question : questions) {
      if (rankings.size() % QUESTIONS_A_LINE == 0) {
        progress.accept(
            "%s: %d of %d questions".formatted(namespace, rankings.size(), questions.size()));
      }
      rankings.add(asking.ask(mode, namespace, question, store));
    }
    return new Evaluation(mode, namespace, loaded, rankings);
  }
}
