package dev.quorate.bench;

import dev.quorate.bench.load.Figures;
import dev.quorate.bench.load.LoadRun;
import dev.quorate.bench.load.Moment;
import dev.quorate.bench.load.Plan;
import dev.quorate.bench.probe.CannotRun;
import dev.quorate.bench.probe.Mesh;
import dev.quorate.bench.probe.ResidentMemory;
import dev.quorate.bench.report.JsonReport;
import dev.quorate.bench.report.ProgressLine;
import dev.quorate.bench.report.Report;
import dev.quorate.bench.report.TextReport;
import dev.quorate.bench.workload.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.SequencedMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/// One run with all that is shown of it. Ctrl-C ends the run and still shows the report.
final class Session {
  private static final long REPORT_SECONDS_MAX = 15;

  private final Plan plan;
  private final Workload workload;
  private final ResidentMemory memory;
  private final CommandLine commandLine;
  private @Nullable ProgressLine progress;

  Session(Plan plan, Workload workload, ResidentMemory memory, CommandLine commandLine) {
    this.plan = plan;
    this.workload = workload;
    this.memory = memory;
    this.commandLine = commandLine;
  }

  /// Shows a line a second: on a terminal always, elsewhere where it was `wanted`.
  void showProgress(boolean wanted, long itemsWanted) {
    var onTerminal = ProgressLine.onTerminal();
    if (wanted || onTerminal) progress = new ProgressLine(System.err, onTerminal, itemsWanted);
  }

  /// Runs, reports, and returns the exit code.
  int execute(SequencedMap<String, Object> settings, @Nullable Path json, long failuresMax)
      throws InterruptedException {
    var startedAt = Instant.now();
    var mesh = Mesh.of(plan.endpoints().getFirst(), plan.apiKey());
    var run = new LoadRun(plan, workload, this::observe);
    var reported = new CountDownLatch(1);
    var atInterrupt = new Thread(() -> endEarly(run, reported), "at-interrupt");
    Runtime.getRuntime().addShutdownHook(atInterrupt);
    try {
      var figures = run.run();
      if (progress != null) progress.end();
      var cost = mesh.flatMap(Mesh::cost);
      var held = memory.finish(plan.endpoints(), plan.apiKey());
      var report = new Report(workload.name(), startedAt, plan, settings, figures, held, cost);
      show(report, json);
      return exitCode(figures, failuresMax);
    } finally {
      reported.countDown();
      leave(atInterrupt);
    }
  }

  private void observe(Moment moment) {
    memory.sample();
    if (progress != null) progress.observe(moment);
  }

  private void show(Report report, @Nullable Path json) {
    commandLine.getOut().print(TextReport.of(report));
    commandLine.getOut().flush();
    if (json == null) return;
    try {
      JsonReport.write(report, json);
    } catch (IOException e) {
      throw new CannotRun("the report cannot be written to " + json + ": " + e.getMessage(), e);
    }
  }

  private int exitCode(Figures figures, long failuresMax) {
    if (figures.missed() > failuresMax) {
      return complain(
          "%d requests failed, at most %d may".formatted(figures.missed(), failuresMax));
    }
    if (figures.succeeded() == 0 && !figures.interrupted()) {
      return complain("nothing was measured");
    }
    return CommandLine.ExitCode.OK;
  }

  private int complain(String sentence) {
    commandLine.getErr().println("quorate-bench: " + sentence);
    commandLine.getErr().flush();
    return Main.EXIT_FAILED_REQUESTS;
  }

  /// Keeps the process alive until the report is out, for a while.
  private static void endEarly(LoadRun run, CountDownLatch reported) {
    run.stop();
    try {
      if (!reported.await(REPORT_SECONDS_MAX, TimeUnit.SECONDS)) {
        System.err.println("quorate-bench: the run did not end in time, there is no report");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static void leave(Thread atInterrupt) {
    try {
      Runtime.getRuntime().removeShutdownHook(atInterrupt);
    } catch (IllegalStateException _) {
      // The process is ending: the hook has run.
    }
  }
}
