package dev.quorate.cli;

import dev.quorate.json.Json;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/// Has a node make the vectors that its memories lack, and shows how far it is.
@Command(
    name = "reindex",
    header =
        "Make the vectors that memories lack, after a change of the model; shows how far it is.",
    description = {
      "The node works in the background, whether somebody watches or not, and goes on after a restart.",
      "Memories that other nodes stored get theirs from these, so start it on each of them."
    },
    sortOptions = false,
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {"  quorate reindex", "  quorate reindex --no-wait --json"})
final class ReindexCommand implements Callable<Integer> {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

  private final Terminal terminal;

  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  @Option(
      names = "--no-wait",
      order = 1,
      description = "Return at once; quorate stats shows how far it is.")
  private boolean noWait;

  ReindexCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (var client = connection.client(terminal)) {
      var reply = client.post(Target.of("reindex"), Json.object());
      var state = reply.json();
      var text = reply.text();
      var bar = new ReindexBar(terminal, System::nanoTime);
      while (!noWait && !ended(state)) {
        bar.at(state);
        LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        var look = client.get(Target.of("embedding"));
        state = look.json();
        text = look.text();
      }
      bar.end();
      if (connection.json()) terminal.line(Printable.json(text));
      else terminal.line(ReindexBar.text(state));
      return hasFailed(state) ? CommandFailure.FAILED : 0;
    }
  }

  /// A model that fails lastingly is told by its status; one that fails for now may come back.
  private static boolean ended(JsonNode state) {
    var pending = number(state, "pending");
    return hasFailed(state) || (pending != null && pending == 0);
  }

  private static boolean hasFailed(JsonNode state) {
    return state.path("status").asString("").equals("failed");
  }

  private static @Nullable Long number(JsonNode state, String name) {
    var number = state.path(name);
    return number.isNumber() ? number.asLong() : null;
  }
}
