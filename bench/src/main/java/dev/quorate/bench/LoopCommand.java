package dev.quorate.bench;

import dev.quorate.bench.load.Plan;
import picocli.CommandLine.Mixin;

/// A command that runs in a closed or an open loop.
abstract class LoopCommand extends LoadCommand {
  @Mixin private LoopOptions loop = new LoopOptions();

  @Override
  final Plan plan(ServerOptions server, RunOptions run) {
    return loop.plan(server, run.acceptedStatuses());
  }
}
