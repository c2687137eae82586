package dev.quorate.cli;

import dev.quorate.identity.PeerKeys;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Lists enrolled peers.
@Command(
    name = "list",
    header = "List the enrolled peers, each with its key.",
    sortOptions = false,
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {"  quorate peer list"})
final class PeerListCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final DataOptions data = new DataOptions();

  PeerListCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    var peers = new PeerKeys(data.settings(terminal).data()).all();
    peers.forEach((id, key) -> terminal.line(key.text() + "  " + id));
    if (peers.isEmpty()) terminal.complaint("no peer is enrolled");
    return 0;
  }
}
