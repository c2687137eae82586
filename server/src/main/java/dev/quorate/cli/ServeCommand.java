package dev.quorate.cli;

import dev.quorate.node.Node;
import dev.quorate.scheduling.Turns;
import dev.quorate.settings.Flag;
import dev.quorate.settings.Flags;
import dev.quorate.settings.Settings;
import dev.quorate.settings.SettingsLoader;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Starts a node and stays until it ends.
@Command(
    name = "serve",
    header = "Start a node.",
    description = {
      "Starts a node and runs until it is stopped by SIGTERM or Ctrl-C. All settings are in",
      "docs/settings.md; flags win over the environment, the environment over the file."
    },
    sortOptions = false,
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  quorate serve",
      "  quorate serve --port 7900 --data /var/lib/quorate",
      "  quorate key new && quorate serve --host 0.0.0.0",
      "  quorate serve --quorum-peers http://127.0.0.1:7868,http://127.0.0.1:7869"
    })
final class ServeCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      order = 1,
      description =
          "Address to listen on (127.0.0.1). Any but this machine's own needs an API key.")
  private @Nullable String host;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      order = 2,
      description = "Port to listen on (7867); 0 for any free one.")
  private @Nullable String port;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      order = 3,
      description = "Where everything is kept (~/.quorate).")
  private @Nullable String data;

  @Option(
      names = "--node-id",
      paramLabel = "ID",
      order = 4,
      description = "What the node is called, instead of a name of its own choice.")
  private @Nullable String nodeId;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      order = 5,
      description = "Settings file, instead of quorate.toml in the data directory.")
  private @Nullable String config;

  @Option(
      names = "--shutdown-grace-secs",
      paramLabel = "S",
      order = 6,
      description = "How long requests under way may go on after a stop (30).")
  private @Nullable String shutdownGraceSecs;

  @Option(
      names = "--embedder",
      paramLabel = "NAME",
      order = 7,
      description = "What makes vectors: minilm (in this process), openai, ollama or off.")
  private @Nullable String embedder;

  @Mixin private MeshFlags mesh = new MeshFlags();

  ServeCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    LogLines.install();
    var loader = new SettingsLoader(terminal.environment(), terminal.home());
    var settings = loader.load(flags());
    var node = Node.start(settings);
    var stop = Thread.ofPlatform().name("stop").unstarted(() -> stop(node, settings));
    Runtime.getRuntime().addShutdownHook(stop);
    terminal.line(
        "quorate %s listening on %s (node %s, data %s)"
            .formatted(Node.programVersion(), node.address(), node.id(), settings.data()));
    // Not before: it helps the start.
    Turns.longTakenByTheCompiler();
    node.awaitEnd();
    return 0;
  }

  private Flags flags() {
    var flags =
        Flags.NONE
            .with(Flag.CONFIG, config)
            .with(Flag.DATA, data)
            .with(Flag.NODE_ID, nodeId)
            .with(Flag.HOST, host)
            .with(Flag.PORT, port)
            .with(Flag.SHUTDOWN_GRACE_SECS, shutdownGraceSecs)
            .with(Flag.EMBEDDER, embedder);
    return mesh.addTo(flags);
  }

  /// Runs when the process was told to end: lets the requests under way finish first.
  private void stop(Node node, Settings settings) {
    terminal.line(
        "quorate is stopping; requests under way have %d s to finish"
            .formatted(settings.http().shutdownGraceSecs()));
    node.close();
    terminal.line("quorate has stopped");
  }
}
