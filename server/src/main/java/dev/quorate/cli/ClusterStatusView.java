package dev.quorate.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/// A command that asks a node how it stands with its peers, and prints the answer: as it came with
/// `--json`, else as the command does it.
abstract class ClusterStatusView implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  ClusterStatusView(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public final Integer call() {
    try (var client = connection.client(terminal)) {
      var reply = client.get(Target.of("cluster", "status"));
      if (connection.json()) terminal.line(Printable.json(reply.text()));
      else print(reply.json(), terminal);
      return 0;
    }
  }

  /// Prints the answer for people.
  abstract void print(JsonNode status, Terminal terminal);
}
