package dev.quorate.cli;

import dev.quorate.json.Json;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Has a node send again what it gave up.
@Command(
    name = "redrive",
    header = "Send the events of a subscription that the node gave up again.",
    sortOptions = false,
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {"  quorate subscriptions redrive 6f0c1c2e-9a7d-4c11-8d3a-2f4b5f0e7a10 --number 17"})
final class RedriveCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  @Parameters(index = "0", paramLabel = "ID", description = "The subscription's whole id.")
  private String id = "";

  @Option(names = "--number", paramLabel = "N", description = "Only this dead letter (all).")
  private @Nullable Long number;

  RedriveCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (var client = connection.client(terminal)) {
      var target = Target.of("subscriptions", id, "redrive").with("number", number);
      var reply = client.post(target, Json.object());
      if (connection.json()) {
        terminal.line(Printable.json(reply.text()));
      } else {
        var count = reply.json().path("redriven").asInt(0);
        terminal.line("%d %s sent again".formatted(count, count == 1 ? "event is" : "events are"));
      }
      return 0;
    }
  }
}
