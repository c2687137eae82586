package dev.quorate.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Removes a webhook subscription.
@Command(
    name = "remove",
    header = "Remove a subscription, on every node, with what waits for it.",
    sortOptions = false,
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {"  quorate subscriptions remove 6f0c1c2e-9a7d-4c11-8d3a-2f4b5f0e7a10"})
final class SubscriptionsRemoveCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  @Parameters(index = "0", paramLabel = "ID", description = "Its whole id.")
  private String id = "";

  SubscriptionsRemoveCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (var client = connection.client(terminal)) {
      var reply = client.delete(Target.of("subscriptions").with("id", id));
      if (connection.json()) {
        terminal.line(Printable.json(reply.text()));
      } else if (reply.json().path("removed").asBoolean(false)) {
        terminal.line("removed " + Printable.line(id));
      } else {
        throw CommandFailure.failed("there is no subscription " + Printable.line(id));
      }
      return 0;
    }
  }
}
