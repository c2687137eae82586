package dev.quorate.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// Groups what there is to ask about the mesh of a node.
@Command(
    name = "cluster",
    header = "Ask a node about its mesh.",
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {"  quorate cluster status", "  quorate cluster verify --url http://10.0.0.7:7867"})
final class ClusterCommand {
  private ClusterCommand() {}

  /// The command with those below it.
  static CommandLine commandLine(Terminal terminal) {
    var quarantine =
        new CommandLine(new QuarantineCommand())
            .addSubcommand(new QuarantineListCommand(terminal))
            .addSubcommand(new QuarantineRetryCommand(terminal));
    return new CommandLine(new ClusterCommand())
        .addSubcommand(new ClusterStatusCommand(terminal))
        .addSubcommand(new ClusterPeersCommand(terminal))
        .addSubcommand(new ClusterDigestCommand(terminal))
        .addSubcommand(new ClusterVerifyCommand(terminal))
        .addSubcommand(quarantine);
  }

  @Command(
      name = "quarantine",
      header = "Look at what peers do not take, and send it again.",
      synopsisSubcommandLabel = "COMMAND",
      commandListHeading = "%nCommands:%n",
      optionListHeading = "%nOptions:%n",
      footerHeading = "%nExamples:%n",
      footer = {"  quorate cluster quarantine list", "  quorate cluster quarantine retry"})
  private static final class QuarantineCommand {}
}
