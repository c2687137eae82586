package dev.quorate.bench;

import dev.quorate.bench.probe.ResidentMemory;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/// Which processes the servers are.
final class ProcessOptions {
  @Option(
      names = "--pid",
      paramLabel = "PID",
      split = ",",
      description = "A server process whose resident memory is reported.")
  private List<Long> pids = new ArrayList<>();

  ResidentMemory memory() {
    return new ResidentMemory(pids);
  }
}
