package dev.quorate.cli;

import java.net.HttpURLConnection;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Deletes one memory.
@Command(
    name = "delete",
    header = "Delete a memory, for good and on every node.",
    sortOptions = false,
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {"  quorate delete 6f0c1c2e"})
final class DeleteCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  @Parameters(index = "0", paramLabel = "ID", description = "Its id, or the beginning of it.")
  private String id = "";

  DeleteCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (var client = connection.client(terminal)) {
      var reply = client.delete(Target.of("memories", id));
      if (connection.json()) {
        terminal.line(Printable.json(reply.text()));
      } else if (reply.status() == HttpURLConnection.HTTP_ACCEPTED) {
        var pending = MemoryText.field(reply.json(), "pending_id");
        terminal.line("waits for approval as " + pending);
      } else {
        terminal.line("deleted " + Printable.line(id));
      }
      return 0;
    }
  }
}
