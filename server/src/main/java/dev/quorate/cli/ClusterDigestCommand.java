package dev.quorate.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Shows the digest of what a node holds.
@Command(
    name = "digest",
    header = "Show the digest of everything the node holds.",
    description = {"Nodes that hold the same have the same root."},
    sortOptions = false,
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {"  quorate cluster digest", "  quorate cluster digest --url http://10.0.0.7:7867"})
final class ClusterDigestCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  ClusterDigestCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (var client = connection.client(terminal)) {
      var reply = client.get(Target.of("cluster", "digest"));
      if (connection.json()) {
        terminal.line(Printable.json(reply.text()));
      } else {
        var digest = reply.json();
        terminal.line(
            "%s  %s at change %s"
                .formatted(
                    MemoryText.field(digest, "root"),
                    MemoryText.field(digest, "node"),
                    MemoryText.field(digest, "sequence")));
      }
      return 0;
    }
  }
}
