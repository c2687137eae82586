package dev.quorate.cli;

import dev.quorate.failure.NodeFailure;
import dev.quorate.localmesh.FreePorts;
import dev.quorate.localmesh.LocalMesh;
import dev.quorate.localmesh.LocalNode;
import dev.quorate.localmesh.NodeJvm;
import dev.quorate.localmesh.TemporaryFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Keeps a mesh of real nodes on this machine.
@Command(
    name = "dev-cluster",
    header = "Start a mesh of real nodes on this machine, for development.",
    description = {
      "Each node is a process with its own store and key, and knows the keys of the others. They run",
      "until this command is stopped by SIGTERM or Ctrl-C. What a node prints is in node.log of its",
      "directory; a node that ends is not started again."
    },
    sortOptions = false,
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  quorate dev-cluster 3",
      "  quorate dev-cluster 5 --write-quorum 2 --data /tmp/mesh --port 7900"
    })
final class DevClusterCommand implements Callable<Integer> {
  private static final int NODES_MAX = 50;

  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "N", description = "How many nodes, 1..50.")
  private int count;

  @Option(
      names = "--write-quorum",
      paramLabel = "W",
      order = 1,
      description = "Nodes that must hold a write (the majority).")
  private @Nullable Integer writeQuorum;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      order = 2,
      description = "Where everything is kept (a folder that is deleted at the end).")
  private @Nullable String data;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      order = 3,
      description = "The first node's port; the others follow (any free ones).")
  private @Nullable Integer port;

  @Option(
      names = "--as-served",
      order = 4,
      description = "Start nodes as `serve` does, for measurements: later and larger.")
  private boolean asServed;

  @Option(
      names = "--embedder",
      paramLabel = "NAME",
      order = 5,
      description = "What makes vectors (off): minilm takes each node some 100 MiB.")
  private String embedder = LocalMesh.NO_EMBEDDER;

  DevClusterCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (count < 1 || count > NODES_MAX) {
      throw CommandFailure.usage("N must be 1..%d: %d".formatted(NODES_MAX, count));
    }
    var quorum = writeQuorum == null ? count / 2 + 1 : writeQuorum;
    if (quorum < 1 || quorum > count) {
      throw CommandFailure.usage(
          "--write-quorum must be 1..%d (the mesh has %d %s): %d"
              .formatted(count, count, count == 1 ? "node" : "nodes", quorum));
    }
    var jvm = asServed ? NodeJvm.AS_SERVED : NodeJvm.QUICK;
    var ports = port == null ? FreePorts.find(count) : FreePorts.from(port, count);
    var temporary = data == null ? new TemporaryFolder("quorate-dev-cluster") : null;
    var folder = temporary == null ? Path.of(String.valueOf(data)) : temporary.path();
    var mesh = new LocalMesh(folder, ports, quorum, jvm, embedder);
    try (var undoing = new Undoing(() -> end(mesh, temporary))) {
      return run(mesh, quorum, folder, undoing);
    }
  }

  private int run(LocalMesh mesh, int quorum, Path folder, Undoing undoing)
      throws InterruptedException {
    try {
      mesh.start();
    } catch (NodeFailure e) {
      if (!undoing.ending()) throw e;
    }
    for (var node : mesh.nodes()) {
      terminal.line("%s  %s".formatted(node.place().id(), node.place().url()));
    }
    terminal.line(
        "%d of %d nodes must hold a write; everything is in %s; Ctrl-C ends it"
            .formatted(quorum, mesh.nodes().size(), folder));
    var all =
        CompletableFuture.allOf(
            mesh.nodes().stream()
                .map(node -> follow(node, undoing))
                .toArray(CompletableFuture<?>[]::new));
    all.join();
    if (undoing.ending()) return 0;
    throw CommandFailure.failed("no node is left");
  }

  private CompletableFuture<Void> follow(LocalNode node, Undoing undoing) {
    return node.ended()
        .thenAccept(exitCode -> {
          if (undoing.ending()) return;
          terminal.complaint(
              "%s has ended with code %d; its log is %s"
                  .formatted(node.place().id(), exitCode, node.log()));
        });
  }

  private void end(LocalMesh mesh, @Nullable TemporaryFolder temporary) {
    mesh.close();
    if (temporary != null) temporary.close();
    terminal.line("all nodes have ended");
  }
}
