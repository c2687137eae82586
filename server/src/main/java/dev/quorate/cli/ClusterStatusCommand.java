package dev.quorate.cli;

import picocli.CommandLine.Command;
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
final class ClusterStatusCommand extends ClusterStatusView {
  ClusterStatusCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  void print(JsonNode status, Terminal terminal) {
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
