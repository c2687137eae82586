package dev.quorate.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/// Lists what peers do not take.
@Command(
    name = "list",
    header = "List what peers do not take, and why.",
    sortOptions = false,
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {"  quorate cluster quarantine list", "  quorate cluster quarantine list --json"})
final class QuarantineListCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  QuarantineListCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (var client = connection.client(terminal)) {
      var reply = client.get(Target.of("cluster", "quarantine"));
      if (connection.json()) terminal.line(Printable.json(reply.text()));
      else print(reply.json().path("quarantine"));
      return 0;
    }
  }

  private void print(JsonNode items) {
    if (items.isEmpty()) {
      terminal.out().println("nothing is in quarantine");
      return;
    }
    var table = new Table("PEER", "LANE", "KEY", "REASON", "SINCE", "TRIED AGAIN");
    for (var item : items) {
      table.row(
          MemoryText.field(item, "peer"),
          MemoryText.field(item, "lane"),
          MemoryText.field(item, "key"),
          MemoryText.field(item, "reason"),
          MemoryText.field(item, "since"),
          item.path("retry_at").asString("when the peer changes"));
    }
    table.print(terminal);
  }
}
