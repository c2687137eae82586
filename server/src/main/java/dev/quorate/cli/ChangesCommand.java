package dev.quorate.cli;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/// Prints the feed of changes, one JSON object a line.
@Command(
    name = "changes",
    header = "Print what changed, one JSON object a line.",
    description = {
      "Each line has a cursor, with which reading goes on behind it at any node of the mesh."
    },
    sortOptions = false,
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  quorate changes --after now --follow",
      "  quorate changes --namespace ops/web --lanes memory,deletion"
    })
final class ChangesCommand implements Callable<Integer> {
  private static final int PAGE = 500;

  /// Less than a node takes for a request.
  private static final int WAIT_SECS = 25;

  private static final int RETRY_SECS = 1;
  private static final int BUSY = 503;

  private final Terminal terminal;

  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  @Option(names = "--follow", description = "Go on with what changes from now on, until Ctrl-C.")
  private boolean follow;

  @Option(
      names = "--after",
      paramLabel = "CURSOR",
      description = "Only what comes after it; now for what is to come (everything).")
  private @Nullable String after;

  @Option(
      names = "--lanes",
      paramLabel = "LANES",
      description = "Only these, separated by commas, such as memory,deletion.")
  private @Nullable String lanes;

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NS",
      description = "Only of this namespace, and deletions.")
  private @Nullable String namespace;

  ChangesCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    try (var client = connection.client(terminal)) {
      var cursor = after;
      while (true) {
        var page = page(client, cursor);
        for (var change : page.path("changes")) terminal.line(Printable.json(change.toString()));
        // Whoever reads what is printed has gone away, and wants no more.
        if (terminal.out().checkError()) return 0;
        cursor = page.path("cursor").asString(cursor);
        if (!follow && !page.path("more").asBoolean(false)) return 0;
      }
    }
  }

  /// The next page; while following, one that a node without room or a node that is behind has not
  /// given yet is asked for again.
  private JsonNode page(Client client, @Nullable String cursor) throws InterruptedException {
    var target =
        Target.of("changes")
            .with("after", cursor)
            .with("limit", PAGE)
            .with("wait", follow ? WAIT_SECS : null)
            .with("lanes", lanes)
            .with("namespace", namespace);
    while (true) {
      var reply = client.send("GET", target, null);
      if (!follow || reply.status() != BUSY) return reply.orFail().json();
      TimeUnit.SECONDS.sleep(RETRY_SECS);
    }
  }
}
