package dev.quorate.cli;

import dev.quorate.demo.Demo;
import dev.quorate.failure.NodeFailure;
import dev.quorate.localmesh.FreePorts;
import dev.quorate.localmesh.LocalMesh;
import dev.quorate.localmesh.NodeJvm;
import dev.quorate.localmesh.TemporaryFolder;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Shows what a mesh does when one of its nodes dies.
@Command(
    name = "demo",
    header = "Watch three nodes on this machine share a memory while one of them is killed.",
    description = {
      "Starts three real processes, writes to all of them in every way there is, kills one in the",
      "middle of it, lets it come back and compares what each holds. It takes less than a minute and",
      "leaves nothing behind. Exit code 1 if anything acknowledged is missing or the nodes differ."
    },
    sortOptions = false,
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {"  quorate demo", "  quorate demo --keep"})
final class DemoCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(names = "--keep", description = "Let the nodes run on until Ctrl-C, to look at them.")
  private boolean keep;

  DemoCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    var ports = FreePorts.find(Demo.NODES);
    var folder = new TemporaryFolder("quorate-demo");
    var mesh = new LocalMesh(folder.path(), ports, Demo.WRITE_QUORUM, NodeJvm.QUICK);
    try (var undoing = new Undoing(() -> end(mesh, folder))) {
      return run(mesh, undoing);
    }
  }

  private int run(LocalMesh mesh, Undoing undoing) throws InterruptedException {
    try (var demo = new Demo(mesh, terminal.out(), terminal.isInteractive())) {
      demo.run();
    } catch (NodeFailure e) {
      if (undoing.ending()) return CommandFailure.FAILED;
      throw e;
    }
    if (keep) {
      terminal.line("the nodes run on until Ctrl-C:");
      for (var node : mesh.nodes()) {
        terminal.line("  %s  %s".formatted(node.place().id(), node.place().url()));
      }
      undoing.awaitEnd();
    }
    return 0;
  }

  private static void end(LocalMesh mesh, TemporaryFolder folder) {
    mesh.close();
    folder.close();
  }
}
