package dev.quorate.cli;

import dev.quorate.settings.Flag;
import dev.quorate.settings.Flags;
import dev.quorate.settings.SettingsLoader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Replaces the store of a stopped node.
@Command(
    name = "restore",
    header = "Put a backup in the place of a stopped node's store.",
    description = {
      "The node gets a new epoch, so that its peers send it what it missed, and builds its search index",
      "anew when it starts. A store that was there is kept beside it."
    },
    sortOptions = false,
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  quorate restore /backups/monday.db",
      "  quorate restore /backups/monday.db --data /var/lib/quorate --force"
    })
final class RestoreCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "FILE", description = "What backup wrote.")
  private String file = "";

  @Option(names = "--data", paramLabel = "DIR", description = "The data directory (~/.quorate).")
  private @Nullable String data;

  @Option(names = "--config", paramLabel = "FILE", description = "Settings file that names it.")
  private @Nullable String config;

  @Option(names = "--force", description = "Replace a store that is there.")
  private boolean force;

  RestoreCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    var loader = new SettingsLoader(terminal.environment(), terminal.home());
    var directory =
        loader.dataDirectory(Flags.NONE.with(Flag.CONFIG, config).with(Flag.DATA, data));
    var replaced = new Restoring(directory, InstantSource.system()).restore(Path.of(file), force);
    terminal.line("restored %s into %s".formatted(file, directory));
    replaced.ifPresent(old -> terminal.line("the former store is kept as " + old));
    return 0;
  }
}
