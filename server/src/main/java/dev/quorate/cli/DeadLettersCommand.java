package dev.quorate.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/// Lists events that a node gave up sending.
@Command(
    name = "dead-letters",
    header = "List events that the node gave up sending, and why, newest first.",
    sortOptions = false,
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {"  quorate subscriptions dead-letters --limit 10"})
final class DeadLettersCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  @Option(names = "--of", paramLabel = "ID", description = "Only those of this subscription (all).")
  private @Nullable String of;

  @Option(names = "--limit", paramLabel = "N", description = "How many (100).")
  private @Nullable Integer limit;

  DeadLettersCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (var client = connection.client(terminal)) {
      var target =
          Target.of("subscriptions", "dead-letters")
              .with("subscription_id", of)
              .with("limit", limit);
      var reply = client.get(target);
      if (connection.json()) terminal.line(Printable.json(reply.text()));
      else print(reply.json().path("dead_letters"));
      return 0;
    }
  }

  private void print(JsonNode rows) {
    if (rows.isEmpty()) {
      terminal.out().println("there are no dead letters");
      return;
    }
    var table =
        new Table("NUMBER", "SUBSCRIPTION", "EVENT", "MEMORY", "ATTEMPTS", "GIVEN UP", "REASON");
    for (var row : rows) {
      table.row(
          MemoryText.field(row, "number"),
          MemoryText.field(row, "subscription_id"),
          MemoryText.field(row, "event"),
          MemoryText.field(row.path("payload"), "memory_id"),
          MemoryText.field(row, "attempts"),
          MemoryText.field(row, "given_up_at"),
          MemoryText.field(row, "reason"));
    }
    table.print(terminal);
  }
}
