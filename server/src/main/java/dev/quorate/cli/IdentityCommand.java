package dev.quorate.cli;

import dev.quorate.json.Json;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Shows who a node is.
@Command(
    name = "identity",
    header = "Show the id and the public key of the node of a data directory.",
    description = {
      "Makes the key if there is none yet, as the first start would. Other nodes enrol it",
      "with quorate peer add."
    },
    sortOptions = false,
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {"  quorate identity", "  quorate identity --data /var/lib/quorate --json"})
final class IdentityCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final DataOptions data = new DataOptions();

  @Option(names = "--json", order = 90, description = "Print it as JSON.")
  private boolean json;

  IdentityCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    var identity = LocalIdentity.findOrMake(data.settings(terminal));
    if (json) {
      var object = Json.object();
      object.put("node", identity.node());
      object.put("public_key", identity.key().text());
      terminal.line(object.toString());
    } else {
      terminal.line("node        " + identity.node());
      terminal.line("public key  " + identity.key().text());
    }
    return 0;
  }
}
