package dev.quorate.cli;

import dev.quorate.json.Json;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// Shows what agents have stored of what they may.
@Command(
    name = "quota",
    header = "Show what an agent has stored of what it may, or who holds most.",
    sortOptions = false,
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {"  quorate quota", "  quorate quota ai:alice"})
final class QuotaCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  @Parameters(
      arity = "0..1",
      paramLabel = "AGENT",
      description = "Only this one, such as ai:alice.")
  private @Nullable String agentId;

  QuotaCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (var client = connection.client(terminal)) {
      var body = Json.object();
      if (agentId != null) body.put("agent_id", agentId);
      var reply = client.post(Target.of("quota", "status"), body);
      if (connection.json()) terminal.line(Printable.json(reply.text()));
      else if (agentId != null) print(List.of(reply.json()));
      else print(reply.json().path("quotas"));
      return 0;
    }
  }

  private void print(Iterable<JsonNode> rows) {
    if (!rows.iterator().hasNext()) {
      terminal.out().println("no agent has stored anything");
      return;
    }
    var table = new Table("AGENT", "MEMORIES TODAY", "STORED", "LINKS TODAY");
    for (var row : rows) {
      table.row(
          MemoryText.field(row, "agent_id"),
          of(row, "current_memories_today", "max_memories_per_day", Long::toString),
          of(row, "current_storage_bytes", "max_storage_bytes", Bytes::text),
          of(row, "current_links_today", "max_links_per_day", Long::toString));
    }
    table.print(terminal);
  }

  private static String of(JsonNode row, String current, String max, LongFunction<String> text) {
    var used = text.apply(row.path(current).asLong(0));
    var limit = row.path(max).asLong(0);
    return limit == 0 ? used : used + " of " + text.apply(limit);
  }
}
