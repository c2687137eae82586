package dev.quorate.bench;

import dev.quorate.bench.corpus.Corpus;
import dev.quorate.bench.corpus.CorpusFolder;
import dev.quorate.bench.evaluation.Asking;
import dev.quorate.bench.evaluation.Evaluation;
import dev.quorate.bench.evaluation.EvaluationJson;
import dev.quorate.bench.evaluation.EvaluationReport;
import dev.quorate.bench.evaluation.EvaluationRun;
import dev.quorate.bench.evaluation.EvaluationText;
import dev.quorate.bench.evaluation.RanksFile;
import dev.quorate.bench.evaluation.RecallMode;
import dev.quorate.bench.evaluation.VectorsMade;
import dev.quorate.bench.probe.CannotRun;
import dev.quorate.bench.probe.Probe;
import dev.quorate.bench.report.ProgressLine;
import dev.quorate.bench.wire.Endpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `evaluate`: how well recall ranks, measured by questions whose answers are known.
@Command(
    name = "evaluate",
    description =
        "Stores a labelled corpus, asks its questions and reports how well recall ranks the answers.")
final class EvaluateCommand implements Callable<Integer> {
  private static final int LIMIT_MIN = 10;
  private static final int LIMIT_MAX = 50;
  private static final int NAMESPACE_LENGTH_MAX = 100;

  @Mixin private ServerOptions server = new ServerOptions();

  @Option(
      names = "--corpus",
      paramLabel = "DIR",
      description =
          "A folder of memories*.jsonl and questions*.jsonl [the corpus that is built in].")
  private @Nullable Path folder;

  @Option(
      names = "--modes",
      paramLabel = "MODE",
      split = ",",
      description = "Ask in these modes: keyword, vector, hybrid [those the server offers].")
  private List<String> modes = new ArrayList<>();

  @Option(
      names = "--namespace",
      paramLabel = "NAME",
      description =
          "Begin the names of the namespaces so, one for each mode"
              + " [evaluation, name and digest of the corpus].")
  private @Nullable String namespace;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Results taken of each recall, which bounds all ranks [${DEFAULT-VALUE}].")
  private int limit = 10;

  @Option(
      names = "--threshold",
      paramLabel = "SCORE",
      description = "A top score below it counts as nothing found [${DEFAULT-VALUE}].")
  private double threshold = 0.2;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the report as JSON too.")
  private @Nullable Path json;

  @Option(
      names = "--ranks",
      paramLabel = "FILE",
      description = "Write what was found for each question, one JSON object a line.")
  private @Nullable Path ranks;

  @Option(
      names = "--progress",
      description = "Progress lines even if standard error is no terminal.")
  private boolean progress;

  @Spec private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() {
    var wanted = wanted();
    Ranges.check("--limit", limit, LIMIT_MIN, LIMIT_MAX);
    if (!(threshold >= 0)) throw new CannotRun("--threshold must be 0 or more: " + threshold);
    OutputFiles.check("--json", json);
    OutputFiles.check("--ranks", ranks);
    var endpoint = endpoint();
    var corpus = folder == null ? CorpusFolder.ours() : CorpusFolder.read(folder);
    var names = namespaces(corpus);
    var probe = new Probe(server.apiKey(), server.timeoutSeconds());
    probe.check(List.of(endpoint));
    var asking = new Asking(probe, endpoint, limit);
    new VectorsMade(probe, endpoint).awaitModel();
    var empty = names + "-empty";
    wanted.forEach(mode -> asking.require(mode, empty));
    var asked = wanted.isEmpty() ? asking.offered(empty) : wanted;
    if (asked.isEmpty()) throw new CannotRun(endpoint + " offers no mode of recall");
    var startedAt = Instant.now();
    var evaluations = new ArrayList<Evaluation>();
    var onTerminal = ProgressLine.onTerminal();
    var line = new ProgressLine(System.err, onTerminal, 0);
    var run =
        new EvaluationRun(
            probe, endpoint, corpus, asking, progress || onTerminal ? line::show : _ -> {});
    try {
      for (var mode : asked) evaluations.add(run.measure(mode, names + "-" + mode.label()));
    } catch (CannotRun e) {
      return complain(String.valueOf(e.getMessage()));
    } finally {
      line.end();
    }
    show(new EvaluationReport(corpus, endpoint, startedAt, limit, threshold, evaluations));
    return ExitCode.OK;
  }

  /// The modes that were named, each once and in that order.
  private List<RecallMode> wanted() {
    return modes.stream()
        .map(label ->
            RecallMode.of(label)
                .orElseThrow(
                    () -> new CannotRun("--modes must be of keyword, vector, hybrid: " + label)))
        .distinct()
        .toList();
  }

  private Endpoint endpoint() {
    var endpoints = server.endpoints();
    if (endpoints.size() == 1) return endpoints.getFirst();
    throw new CannotRun("evaluate takes one --url: " + endpoints.size());
  }

  /// The beginning of the namespaces' names. It has no slash, because recall would look into
  /// namespaces above, too.
  private String namespaces(Corpus corpus) {
    var name =
        namespace == null
            ? "evaluation-%s-%s"
                .formatted(corpus.name().replaceAll("[^A-Za-z0-9_.-]", "-"), corpus.digest())
            : namespace;
    if (name.matches("[A-Za-z0-9_.-]{1," + NAMESPACE_LENGTH_MAX + "}")) return name;
    throw new CannotRun(
        "--namespace must be 1..%d of A-Z a-z 0-9 _ . -: %s".formatted(NAMESPACE_LENGTH_MAX, name));
  }

  private void show(EvaluationReport report) {
    command.commandLine().getOut().print(EvaluationText.of(report));
    command.commandLine().getOut().flush();
    try {
      if (json != null) EvaluationJson.write(report, json);
      if (ranks != null) RanksFile.write(report, ranks);
    } catch (IOException e) {
      throw new CannotRun("the report cannot be written: " + e.getMessage(), e);
    }
  }

  private int complain(String sentence) {
    command.commandLine().getErr().println("quorate-bench: " + sentence);
    command.commandLine().getErr().flush();
    return Main.EXIT_FAILED_REQUESTS;
  }
}
