package dev.quorate.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Asks a node whether it is well.
@Command(
    name = "health",
    header = "Ask the node whether it is well; exit code 1 if not.",
    sortOptions = false,
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {"  quorate health", "  quorate health --url http://10.0.0.7:7867"})
final class HealthCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  HealthCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (var client = connection.client(terminal)) {
      var reply = client.get(Target.of("health"));
      if (connection.json()) {
        terminal.line(Printable.json(reply.text()));
      } else {
        var health = reply.json();
        terminal.line(
            "%s: %s %s at %s"
                .formatted(
                    MemoryText.field(health, "status"),
                    MemoryText.field(health, "service"),
                    MemoryText.field(health, "version"),
                    reply.node()));
      }
      return 0;
    }
  }
}
