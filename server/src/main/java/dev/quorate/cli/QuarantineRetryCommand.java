package dev.quorate.cli;

import dev.quorate.json.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Has a node send again what peers did not take.
@Command(
    name = "retry",
    header = "Send what peers did not take again, now.",
    description = {"What they do not take this time either stays in quarantine."},
    sortOptions = false,
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {"  quorate cluster quarantine retry"})
final class QuarantineRetryCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  QuarantineRetryCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (var client = connection.client(terminal)) {
      var reply = client.post(Target.of("cluster", "quarantine", "retry"), Json.object());
      if (connection.json()) {
        terminal.line(Printable.json(reply.text()));
      } else {
        var count = reply.json().path("retrying").asInt(0);
        terminal.line("%d %s sent again".formatted(count, count == 1 ? "item is" : "items are"));
      }
      return 0;
    }
  }
}
