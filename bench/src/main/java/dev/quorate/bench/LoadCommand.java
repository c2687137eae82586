package dev.quorate.bench;

import dev.quorate.bench.load.Plan;
import dev.quorate.bench.probe.Probe;
import dev.quorate.bench.workload.Workload;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// What every command does: check the servers, run its workload, report.
abstract class LoadCommand implements Callable<Integer> {
  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private ProcessOptions processes = new ProcessOptions();
  @Mixin private RunOptions run = new RunOptions();

  @Spec private CommandSpec command = CommandSpec.create();

  /// How hard and how long, from the command's own options.
  abstract Plan plan(ServerOptions server, RunOptions run);

  /// What to ask for. Names in `settings` what shapes it.
  abstract Workload workload(Plan plan, long seed, SequencedMap<String, Object> settings);

  /// How many memories complete the run; 0 where that is not what ends it.
  long itemsWanted() {
    return 0;
  }

  @Override
  public Integer call() throws InterruptedException {
    var plan = plan(server, run);
    var memory = processes.memory();
    var json = run.json();
    var failuresMax = run.failuresMax();
    var settings = new LinkedHashMap<String, Object>();
    settings.put("seed", run.seed());
    var workload = workload(plan, run.seed(), settings);
    new Probe(plan.apiKey()).check(plan.endpoints());
    var session = new Session(plan, workload, memory, command.commandLine());
    session.showProgress(run.progress(), itemsWanted());
    return session.execute(settings, json, failuresMax);
  }
}
