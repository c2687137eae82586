package dev.quorate.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Shows one memory.
@Command(
    name = "get",
    header = "Show a memory and its links.",
    sortOptions = false,
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {"  quorate get 6f0c1c2e"})
final class GetCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  @Parameters(index = "0", paramLabel = "ID", description = "Its id, or the beginning of it.")
  private String id = "";

  GetCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (var client = connection.client(terminal)) {
      var reply = client.get(Target.of("memories", id));
      if (connection.json()) {
        terminal.line(Printable.json(reply.text()));
      } else {
        var json = reply.json();
        MemoryText.whole(json.path("memory"), json.path("links"), terminal);
      }
      return 0;
    }
  }
}
