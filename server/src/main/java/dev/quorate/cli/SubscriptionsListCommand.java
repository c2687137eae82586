package dev.quorate.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/// Lists webhook subscriptions.
@Command(
    name = "list",
    header = "List who is told of which events.",
    sortOptions = false,
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {"  quorate subscriptions list"})
final class SubscriptionsListCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  SubscriptionsListCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (var client = connection.client(terminal)) {
      var reply = client.get(Target.of("subscriptions"));
      if (connection.json()) terminal.line(Printable.json(reply.text()));
      else print(reply.json().path("subscriptions"));
      return 0;
    }
  }

  private void print(JsonNode rows) {
    if (rows.isEmpty()) {
      terminal.out().println("there are no subscriptions");
      return;
    }
    var table =
        new Table("ID", "EVENTS", "NAMESPACES", "AGENT", "SENT", "FAILED", "WAITING", "URL");
    for (var row : rows) {
      table.row(
          MemoryText.field(row, "id"),
          MemoryText.field(row, "events"),
          row.path("namespace_filter").asString("all"),
          row.path("agent_filter").asString("all"),
          MemoryText.field(row, "dispatch_count"),
          MemoryText.field(row, "failure_count"),
          MemoryText.field(row, "waiting_count"),
          MemoryText.field(row, "url"));
    }
    table.print(terminal);
  }
}
