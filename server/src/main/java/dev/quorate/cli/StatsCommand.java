package dev.quorate.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/// Says how much a node holds.
@Command(
    name = "stats",
    header = "Show how much the node holds.",
    sortOptions = false,
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {"  quorate stats", "  quorate stats --json"})
final class StatsCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  StatsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (var client = connection.client(terminal)) {
      var reply = client.get(Target.of("stats"));
      if (connection.json()) terminal.line(Printable.json(reply.text()));
      else print(reply.json());
      return 0;
    }
  }

  private void print(JsonNode stats) {
    fact("memories", MemoryText.field(stats, "total"));
    for (var tier : stats.path("by_tier")) {
      fact("  " + MemoryText.field(tier, "tier"), MemoryText.field(tier, "count"));
    }
    fact("expire within 1 h", MemoryText.field(stats, "expiring_soon"));
    fact("links", MemoryText.field(stats, "links_count"));
    if (stats.has("embedding")) fact("vectors", ReindexBar.text(stats.path("embedding")));
    fact("store", Bytes.text(stats.path("db_size_bytes").asLong(0)));
    terminal.out().println("namespaces");
    for (var namespace : stats.path("by_namespace")) {
      fact("  " + MemoryText.field(namespace, "namespace"), MemoryText.field(namespace, "count"));
    }
  }

  private void fact(String name, String value) {
    terminal.out().printf("%-24s %s%n", name, value);
  }
}
