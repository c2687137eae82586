package dev.quorate.cli;

import dev.quorate.json.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/// Has a node compare itself with its peers.
@Command(
    name = "verify",
    header =
        "Compare the node with every peer now, and take what differs; exit code 1 if not equal.",
    description = {
      "The node compares digests with each peer and fetches what it lacks. Writes that are on their way",
      "are differences, too: on a busy mesh, run it again."
    },
    sortOptions = false,
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {"  quorate cluster verify", "  quorate cluster verify || quorate cluster verify"})
final class ClusterVerifyCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  ClusterVerifyCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (var client = connection.client(terminal)) {
      var reply = client.post(Target.of("cluster", "verify"), Json.object());
      var verified = reply.json();
      if (connection.json()) terminal.line(Printable.json(reply.text()));
      else print(verified);
      return verified.path("equal").asBoolean(false) ? 0 : CommandFailure.FAILED;
    }
  }

  private void print(JsonNode verified) {
    var peers = verified.path("peers");
    for (var peer : peers) {
      terminal
          .out()
          .printf("%s: %s%n", Printable.line(MemoryText.field(peer, "url")), finding(peer));
    }
    var equal = verified.path("equal").asBoolean(false);
    terminal.line(
        peers.isEmpty()
            ? "there is no peer to compare with"
            : equal
                ? "all are equal, at " + MemoryText.field(verified, "root")
                : "not all are equal");
  }

  private static String finding(JsonNode peer) {
    if (!peer.path("reached").asBoolean(false)) return "not reached";
    if (peer.path("equal").asBoolean(false)) return "equal";
    var taken = peer.path("taken").asInt(0);
    return "differed; %d %s taken from it".formatted(taken, taken == 1 ? "register" : "registers");
  }
}
