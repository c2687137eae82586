package dev.quorate.cli;

import picocli.CommandLine.Command;
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
final class ClusterPeersCommand extends ClusterStatusView {
  ClusterPeersCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  void print(JsonNode status, Terminal terminal) {
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
