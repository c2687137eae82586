package dev.quorate.cli;

import dev.quorate.json.Json;
import dev.quorate.store.sqlite.StoreFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Copies the store of a running node.
@Command(
    name = "backup",
    header = "Copy the whole store of a running node into a file.",
    description = {
      "The file is a consistent snapshot, checked before it gets its name. restore takes it back."
    },
    sortOptions = false,
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {"  quorate backup /backups/monday.db"})
final class BackupCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  @Parameters(index = "0", paramLabel = "FILE", description = "Where to.")
  private String file = "";

  @Option(names = "--force", description = "Replace FILE if it exists.")
  private boolean force;

  BackupCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    try (var client = connection.client(terminal);
        var answer = client.download(Target.of("backup"))) {
      var bytes = WholeFile.write(Path.of(file), force, answer, StoreFile::check);
      if (connection.json()) {
        terminal.line(Json.object().put("file", file).put("bytes", bytes).toString());
      } else {
        terminal.line("backed up %s to %s".formatted(Bytes.text(bytes), file));
      }
      return 0;
    }
  }
}
