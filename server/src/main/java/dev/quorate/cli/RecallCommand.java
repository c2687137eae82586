package dev.quorate.cli;

import dev.quorate.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Finds memories by meaning and importance.
@Command(
    name = "recall",
    header = "Recall what bears on a question, best first.",
    description = {"What is recalled lives longer and counts as used; search leaves no trace."},
    sortOptions = false,
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  quorate recall how do we deploy",
      "  quorate recall deploy --namespace ops/web --budget-tokens 2000 --json",
      "  quorate recall who is on call --as-of 2026-03-01T00:00:00Z --explain"
    })
final class RecallCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  @Parameters(arity = "1..*", paramLabel = "WORD", description = "What to look for.")
  private List<String> words = new ArrayList<>();

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NS",
      description = "Only in this namespace (and those above a path).")
  private @Nullable String namespace;

  @Option(names = "--tier", paramLabel = "TIER", description = "Only short, mid or long.")
  private @Nullable String tier;

  @Option(names = "--tag", paramLabel = "TAG", description = "Only with this tag.")
  private @Nullable String tag;

  @Option(names = "--limit", paramLabel = "N", description = "At most so many (10, at most 50).")
  private @Nullable Integer limit;

  @Option(
      names = "--budget-tokens",
      paramLabel = "N",
      description = "Stop before the contents exceed so many tokens.")
  private @Nullable Integer budgetTokens;

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      description = "hybrid, keyword or vector (the best that the node has).")
  private @Nullable String mode;

  @Option(names = "--explain", description = "Say why each memory stands where it stands.")
  private boolean explain;

  @Option(
      names = "--as-of",
      paramLabel = "TIME",
      description = "As the node knows it to have been at an RFC 3339 time.")
  private @Nullable String asOf;

  @Option(
      names = "--archived",
      paramLabel = "WHICH",
      description = "include archived memories, or only those.")
  private @Nullable String archived;

  RecallCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    var body = Json.object().put("context", String.join(" ", words));
    if (namespace != null) body.put("namespace", namespace);
    if (tier != null) body.put("tier", tier);
    if (tag != null) body.put("tags", tag);
    if (limit != null) body.put("limit", limit);
    if (budgetTokens != null) body.put("budget_tokens", budgetTokens);
    if (mode != null) body.put("mode", mode);
    if (explain) body.put("explain", true);
    if (asOf != null) body.put("as_of", asOf);
    if (archived != null) body.put("archived", archived);
    try (var client = connection.client(terminal)) {
      var reply = client.post(Target.of("recall"), body);
      if (connection.json()) {
        terminal.line(Printable.json(reply.text()));
      } else {
        MemoryText.found(reply.json().path("memories"), terminal);
        RecallNotes.show(reply.json(), terminal);
      }
      return 0;
    }
  }
}
