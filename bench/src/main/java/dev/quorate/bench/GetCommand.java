package dev.quorate.bench;

import dev.quorate.bench.load.Plan;
import dev.quorate.bench.probe.Probe;
import dev.quorate.bench.workload.GetMemory;
import dev.quorate.bench.workload.Workload;
import java.util.SequencedMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `get`: one memory by its id a request.
@Command(name = "get", description = "Gets memories that the first server has, by id.")
final class GetCommand extends LoopCommand {
  static final int IDS_MAX = 50_000;

  @Option(
      names = "--ids",
      paramLabel = "N",
      description = "Over how many memories to spread [${DEFAULT-VALUE}].")
  private int ids = 10_000;

  @Override
  Workload workload(Plan plan, long seed, SequencedMap<String, Object> settings) {
    settings.put("ids", Ranges.check("--ids", ids, 1, IDS_MAX));
    var known = new Probe(plan.apiKey()).ids(plan.endpoints().getFirst(), ids);
    return Workload.only(new GetMemory(known, seed));
  }
}
