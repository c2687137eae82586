package dev.quorate.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/// Lists memories.
@Command(
    name = "list",
    header = "List memories, the most important first.",
    sortOptions = false,
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {"  quorate list --namespace ops/web", "  quorate list --limit 100 --offset 100"})
final class ListCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NS",
      description = "Only in this namespace.")
  private @Nullable String namespace;

  @Option(names = "--tier", paramLabel = "TIER", description = "Only of this tier.")
  private @Nullable String tier;

  @Option(names = "--tag", paramLabel = "TAG", description = "Only with this tag.")
  private @Nullable String tag;

  @Option(names = "--limit", paramLabel = "N", description = "At most so many (20, at most 1000).")
  private @Nullable Integer limit;

  @Option(names = "--offset", paramLabel = "N", description = "Leave out the first N (0).")
  private @Nullable Integer offset;

  @Option(names = "--by", paramLabel = "AGENT", description = "Only what this agent stored.")
  private @Nullable String author;

  ListCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    var target =
        Target.of("memories")
            .with("namespace", namespace)
            .with("tier", tier)
            .with("tags", tag)
            .with("limit", limit)
            .with("offset", offset)
            .with("agent_id", author);
    try (var client = connection.client(terminal)) {
      var reply = client.get(target);
      if (connection.json()) terminal.line(Printable.json(reply.text()));
      else list(reply.json());
      return 0;
    }
  }

  private void list(JsonNode reply) {
    var memories = reply.path("memories");
    MemoryText.list(memories, terminal);
    if (reply.path("truncated").asBoolean(false)) {
      var next = (offset == null ? 0 : offset) + memories.size();
      terminal.line(
          "There may be more than fits into one answer; go on with --offset " + next + ".");
    }
  }
}
