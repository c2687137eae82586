package dev.quorate.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/// Names the peers of a node.
@Command(
    name = "peers",
    header = "Name the node's peers: who answers at which address, in which role.",
    description = {
      "EPOCH is that of the peer's store; it is new when the store was made or restored from a backup."
    },
    sortOptions = false,
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {"  quorate cluster peers", "  quorate cluster peers --url http://10.0.0.7:7867"})
final class ClusterPeersCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  ClusterPeersCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (var client = connection.client(terminal)) {
      var reply = client.get(Target.of("cluster", "status"));
      if (connection.json()) terminal.line(Printable.json(reply.text()));
      else print(reply.json());
      return 0;
    }
  }

  private void print(JsonNode status) {
    var table = new Table("NODE", "ADDRESS", "ROLE", "EPOCH");
    table.row(
        MemoryText.field(status, "node"),
        "(the one asked)",
        "replica",
        MemoryText.field(status, "epoch"));
    for (var peer : status.path("peers")) {
      table.row(
          peer.path("node").asString("-"),
          MemoryText.field(peer, "url"),
          MemoryText.field(peer, "role"),
          peer.path("epoch").asString("-"));
    }
    table.print(terminal);
  }
}
