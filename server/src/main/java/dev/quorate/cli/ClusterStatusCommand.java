package dev.quorate.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/// Shows how far each peer of a node has confirmed what was made there.
@Command(
    name = "status",
    header = "Show the node's peers: how far each has confirmed, and what is in the way.",
    description = {
      "STATE is connected, behind, resting (after a failure; it is tried again) or unknown (never met).",
      "LAG is how many of the node's own changes the peer has not confirmed."
    },
    sortOptions = false,
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {"  quorate cluster status", "  quorate cluster status --json"})
final class ClusterStatusCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  ClusterStatusCommand(Terminal terminal) {
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
    terminal
        .out()
        .printf(
            "%s: %s of %s nodes must hold a write, %s committed here, %s in quarantine%n",
            MemoryText.field(status, "node"),
            MemoryText.field(status, "write_quorum"),
            MemoryText.field(status, "nodes"),
            MemoryText.field(status, "committed"),
            MemoryText.field(status, "quarantined"));
    var peers = status.path("peers");
    if (peers.isEmpty()) {
      terminal.out().println("it has no peers");
      return;
    }
    var table = new Table("PEER", "NODE", "STATE", "CONFIRMED", "LAG", "LAST HEARD", "TROUBLE");
    for (var peer : peers) {
      table.row(
          MemoryText.field(peer, "url"),
          peer.path("node").asString("-"),
          MemoryText.field(peer, "state"),
          MemoryText.field(peer, "confirmed"),
          MemoryText.field(peer, "lag"),
          peer.path("heard_at").asString("never"),
          peer.path("trouble").asString(""));
    }
    table.print(terminal);
  }
}
