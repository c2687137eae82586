package dev.quorate.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// Groups what there is to do with webhook subscriptions.
@Command(
    name = "subscriptions",
    header = "Have events sent to an address, list who is told, look at what was given up.",
    description = {
      "Every node knows every subscription. Counts and dead letters are those of the node asked, for",
      "an event is told by the node that made the change."
    },
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {"  quorate subscriptions list", "  quorate subscriptions dead-letters"})
final class SubscriptionsCommand {
  private SubscriptionsCommand() {}

  /// The command with those below it.
  static CommandLine commandLine(Terminal terminal) {
    return new CommandLine(new SubscriptionsCommand())
        .addSubcommand(new SubscriptionsListCommand(terminal))
        .addSubcommand(new SubscriptionsAddCommand(terminal))
        .addSubcommand(new SubscriptionsRemoveCommand(terminal))
        .addSubcommand(new DeadLettersCommand(terminal))
        .addSubcommand(new RedriveCommand(terminal));
  }
}
