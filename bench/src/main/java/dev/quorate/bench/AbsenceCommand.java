package dev.quorate.bench;

import dev.quorate.bench.load.Figures;
import dev.quorate.bench.load.LoadRun;
import dev.quorate.bench.load.Moment;
import dev.quorate.bench.load.Plan;
import dev.quorate.bench.probe.CannotRun;
import dev.quorate.bench.probe.ResidentMemory;
import dev.quorate.bench.report.ProgressLine;
import dev.quorate.bench.text.Memories;
import dev.quorate.bench.text.Vocabulary;
import dev.quorate.bench.wire.Endpoint;
import dev.quorate.bench.workload.Ids;
import dev.quorate.bench.workload.StoreBulk;
import dev.quorate.bench.workload.StoreMemory;
import dev.quorate.bench.workload.Workload;
import dev.quorate.failure.NodeFailure;
import dev.quorate.localmesh.FreePorts;
import dev.quorate.localmesh.LocalMesh;
import dev.quorate.localmesh.LocalNode;
import dev.quorate.localmesh.NodeJvm;
import dev.quorate.localmesh.TemporaryFolder;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `absence`: how long a node that missed many changes needs to have them all.
@Command(
    name = "absence",
    description = {
      "Starts three nodes on this machine, kills one, stores many memories, and measures how long",
      "that one, started again, needs to hold them all while writing goes on. Needs no server."
    })
final class AbsenceCommand implements Callable<Integer> {
  private static final int NODES = 3;
  private static final int WRITE_QUORUM = 2;
  private static final int CONTENT_BYTES = 200;
  private static final int BATCH = 500;
  private static final int FILLERS = 2;
  private static final int WRITERS = 16;
  private static final int TIMEOUT_SECONDS = 30;
  private static final int RUN_SECONDS_MAX = 24 * 3_600;
  private static final int CHANGES_MAX = 10_000_000;
  private static final int RATE_MAX = 10_000;
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long SEED = 1;

  @Option(
      names = "--changes",
      paramLabel = "N",
      description = "How many memories the node misses [${DEFAULT-VALUE}].")
  private int changes = 100_000;

  @Option(
      names = "--rate",
      paramLabel = "R",
      description = "Writes a second while it comes back, 0 for none [${DEFAULT-VALUE}].")
  private int rate = 200;

  @Option(
      names = "--patience",
      paramLabel = "SECONDS",
      description = "When to give up waiting for the node [${DEFAULT-VALUE}].")
  private int patienceSeconds = 600;

  @Spec private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Ranges.check("--changes", changes, 1, CHANGES_MAX);
    Ranges.check("--rate", rate, 0, RATE_MAX);
    Ranges.check("--patience", patienceSeconds, 1, RUN_SECONDS_MAX);
    var folder = new TemporaryFolder("quorate-absence");
    var ended = new AtomicBoolean();
    try (var mesh = mesh(folder)) {
      // Ctrl-C ends the nodes, too, and leaves nothing behind.
      var atInterrupt = new Thread(() -> end(mesh, folder, ended), "at-interrupt");
      Runtime.getRuntime().addShutdownHook(atInterrupt);
      try {
        mesh.start();
        return measure(mesh) ? 0 : Main.EXIT_FAILED_REQUESTS;
      } finally {
        end(mesh, folder, ended);
      }
    } catch (NodeFailure e) {
      throw new CannotRun(String.valueOf(e.getMessage()), e);
    }
  }

  private static LocalMesh mesh(TemporaryFolder folder) {
    try {
      return new LocalMesh(folder.path(), FreePorts.find(NODES), WRITE_QUORUM, NodeJvm.QUICK);
    } catch (NodeFailure e) {
      folder.close();
      throw e;
    }
  }

  private static void end(LocalMesh mesh, TemporaryFolder folder, AtomicBoolean ended) {
    if (!ended.compareAndSet(false, true)) return;
    mesh.close();
    folder.close();
  }

  private boolean measure(LocalMesh mesh) throws InterruptedException {
    var writer = mesh.nodes().getFirst();
    var away = mesh.nodes().getLast();
    away.kill();
    var progress = new ProgressLine(System.err, ProgressLine.onTerminal(), changes);
    var filled = load(fill(writer), progress).run();
    progress.end();
    say(
        "stored",
        String.format(
            Locale.ROOT,
            "%,d memories in %.1f s while %s was away",
            changes,
            filled.seconds(),
            away.place().id()));
    if (filled.missed() > 0) throw new CannotRun(filled.missed() + " of the bulk requests failed");

    var writing = rate == 0 ? null : load(write(writer), _ -> {});
    var figures = writing == null ? null : begin(writing);
    var missed = committed(mesh, writer);
    var begun = System.nanoTime();
    away.start();
    mesh.awaitAnswer(away);
    say("answers", since(begun));
    var greatest = new Greatest(away);
    var back = await(mesh, () -> confirmed(mesh, writer, away), missed, greatest);
    say(back ? "has them all" : "lacks some still", since(begun));
    say("memory", "at most " + (greatest.bytes >> 20) + " MiB resident");
    if (writing == null || figures == null) return back;

    writing.stop();
    var written = figures.join();
    say(
        "meanwhile",
        String.format(
            Locale.ROOT,
            "%,d writes succeeded, %,d failed, p99 %.0f ms",
            written.succeeded(),
            written.failed(),
            written.latency().p99() / 1_000));
    var last = committed(mesh, writer);
    var equal = await(mesh, () -> confirmed(mesh, writer, away), last, greatest) && equal(mesh);
    say("digests", equal ? "equal on all nodes" : "differ");
    return back && equal && written.failed() == 0;
  }

  private static LoadRun load(Load load, Moment.Observer observer) {
    return new LoadRun(load.plan, load.workload, observer);
  }

  private record Load(Plan plan, Workload workload) {}

  private Load fill(LocalNode node) {
    var requests = (changes + BATCH - 1L) / BATCH;
    return new Load(
        plan(node, FILLERS, 0, requests),
        Workload.only(new StoreBulk(memories("missed"), 0, changes, BATCH)));
  }

  private Load write(LocalNode node) {
    return new Load(
        plan(node, WRITERS, rate, 0),
        Workload.only(new StoreMemory(memories("meanwhile"), new Ids())));
  }

  private static Plan plan(LocalNode node, int clients, int ratePerSecond, long requests) {
    return new Plan(
        List.of(Endpoint.parse(node.place().url().toString())),
        null,
        clients,
        ratePerSecond,
        0,
        requests == 0 ? RUN_SECONDS_MAX : 0,
        requests,
        TIMEOUT_SECONDS,
        Set.of());
  }

  private static Memories memories(String label) {
    return new Memories(new Vocabulary(), SEED, label, CONTENT_BYTES, 0);
  }

  private static CompletableFuture<Figures> begin(LoadRun run) {
    return CompletableFuture.supplyAsync(() -> {
      try {
        return run.run();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    });
  }

  /// The most memory that a process was seen to hold.
  private static final class Greatest {
    private final ResidentMemory memory;
    private long bytes;

    Greatest(LocalNode node) {
      memory = new ResidentMemory(node.pid().map(List::of).orElse(List.of()));
    }

    void look() {
      memory.sample();
      for (var held : memory.finish(List.of(), null)) bytes = Math.max(bytes, held.bytesMax());
    }
  }

  private boolean await(LocalMesh mesh, LongSupplier reached, long wanted, Greatest greatest) {
    var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(patienceSeconds);
    while (reached.getAsLong() < wanted) {
      if (System.nanoTime() - end > 0) return false;
      mesh.nodes().forEach(AbsenceCommand::mustRun);
      greatest.look();
      LockSupport.parkNanos(LOOK_NANOS);
    }
    greatest.look();
    return true;
  }

  private static void mustRun(LocalNode node) {
    if (node.running()) return;
    throw new CannotRun("%s ended: %s".formatted(node.place().id(), node.lastLine()));
  }

  private static long committed(LocalMesh mesh, LocalNode node) {
    var committed = status(mesh, node, null);
    if (committed < 0) {
      mustRun(node);
      throw new CannotRun(node.place().id() + " does not say how far it is");
    }
    return committed;
  }

  /// Up to which change of a node another one has told it to hold everything.
  private static long confirmed(LocalMesh mesh, LocalNode node, LocalNode other) {
    return status(mesh, node, other);
  }

  private static long status(LocalMesh mesh, LocalNode node, @Nullable LocalNode other) {
    var answer = mesh.calls().get(node.place().url(), "/api/v1/cluster/status");
    if (answer.isEmpty()) return -1;
    var status = answer.get().json();
    if (other == null) return status.path("committed").asLong(-1);
    for (var peer : status.path("peers")) {
      if (peer.path("node").asString("").equals(other.place().id())) {
        return peer.path("confirmed").asLong(-1);
      }
    }
    return -1;
  }

  private static boolean equal(LocalMesh mesh) {
    var roots =
        mesh.nodes().stream()
            .map(node -> mesh.calls().get(node.place().url(), "/api/v1/cluster/digest"))
            .map(answer -> answer.map(it -> it.json().path("root").asString("")).orElse("none"))
            .distinct()
            .count();
    return roots == 1;
  }

  private static String since(long startNanos) {
    return String.format(
        Locale.ROOT, "%.1f s after its start", (System.nanoTime() - startNanos) / 1e9);
  }

  private void say(String label, String value) {
    command.commandLine().getOut().println(label + " ".repeat(17 - label.length()) + value);
    command.commandLine().getOut().flush();
  }
}
