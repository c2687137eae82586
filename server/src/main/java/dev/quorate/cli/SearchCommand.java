package dev.quorate.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Finds memories by words.
@Command(
    name = "search",
    header = "Search for memories that have all the words.",
    sortOptions = false,
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {"  quorate search canary", "  quorate search canary rollout --tier long --limit 50"})
final class SearchCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  @Parameters(arity = "1..*", paramLabel = "WORD", description = "Words that must all occur.")
  private List<String> words = new ArrayList<>();

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

  SearchCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    var target =
        Target.of("search")
            .with("q", String.join(" ", words))
            .with("namespace", namespace)
            .with("tier", tier)
            .with("tags", tag)
            .with("limit", limit);
    try (var client = connection.client(terminal)) {
      var reply = client.get(target);
      if (connection.json()) terminal.line(Printable.json(reply.text()));
      else MemoryText.found(reply.json().path("results"), terminal);
      return 0;
    }
  }
}
