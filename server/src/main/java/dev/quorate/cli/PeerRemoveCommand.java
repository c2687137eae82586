package dev.quorate.cli;

import dev.quorate.identity.PeerKeys;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Withdraws the key of a peer.
@Command(
    name = "remove",
    header = "Withdraw the key of a peer, which is refused from then on.",
    sortOptions = false,
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {"  quorate peer remove host:b-77aa"})
final class PeerRemoveCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "ID", description = "The peer's id.")
  private String id = "";

  @Mixin private final DataOptions data = new DataOptions();

  PeerRemoveCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (!new PeerKeys(data.settings(terminal).data()).forget(id)) {
      throw CommandFailure.failed("no peer is enrolled as '%s'".formatted(id));
    }
    terminal.line("removed " + id);
    return 0;
  }
}
