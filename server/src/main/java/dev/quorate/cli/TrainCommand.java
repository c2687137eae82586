package dev.quorate.cli;

import dev.quorate.node.Node;
import dev.quorate.settings.Flag;
import dev.quorate.settings.Flags;
import dev.quorate.settings.SettingsLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Runs a node through what a node usually does and ends, so that the JVM can record what a start
/// needs. The launcher uses it; nobody else has a reason to.
@Command(
    name = "train",
    hidden = true,
    header = "Run a node through its usual work and end.",
    sortOptions = false)
final class TrainCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "An empty directory (one that is deleted afterwards).")
  private @Nullable String data;

  TrainCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    LogLines.install();
    if (data != null) {
      train(Path.of(data));
      return 0;
    }
    var directory = Files.createTempDirectory("quorate-train");
    try {
      train(directory);
    } finally {
      delete(directory);
    }
    return 0;
  }

  private void train(Path directory) {
    // The user's own settings have no say here.
    var flags = Flags.NONE.with(Flag.DATA, directory.toString()).with(Flag.PORT, "0");
    var settings = new SettingsLoader(Map.of(), terminal.home()).load(flags);
    var node = Node.start(settings);
    try (var client = new Client(node.address(), null, "ai:train")) {
      var requests = new UsualWork(client).run();
      terminal.line("trained with %d requests".formatted(requests));
    } finally {
      node.close();
    }
  }

  private static void delete(Path directory) throws IOException {
    try (var entries = Files.walk(directory)) {
      for (var entry : entries.sorted(Comparator.reverseOrder()).toList()) Files.delete(entry);
    }
  }
}
