package dev.quorate.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `quorate` without a command.
@Command(
    name = "quorate",
    mixinStandardHelpOptions = true,
    header = "Long-term memory for AI agents, on your own machines.",
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  quorate serve",
      "  quorate store \"Deploy rule\" \"Use blue/green\" --namespace ops/web",
      "  quorate recall how do we deploy",
      "",
      "Clients talk to http://127.0.0.1:7867 unless --url or QUORATE_URL says otherwise.",
      "Exit codes: 0 done, 1 a request or a node failed, 2 the command line is wrong."
    })
final class RootCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Spec private CommandSpec spec = CommandSpec.create();

  RootCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(terminal.err());
    return CommandFailure.USAGE;
  }
}
