package dev.quorate.demo;

import dev.quorate.failure.NodeFailure;
import dev.quorate.localmesh.LocalMesh;
import dev.quorate.localmesh.LocalNode;
import java.io.PrintWriter;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// Three nodes share a memory while one of them is killed.
public final class Demo implements AutoCloseable {
  public static final int NODES = 3;
  public static final int WRITE_QUORUM = 2;

  private static final int WRITES_BEFORE = 50;
  private static final int WRITES_WITHOUT = 100;
  private static final int WRITES_AFTER = 50;
  private static final long REDRAW_NANOS = 250_000_000L;

  private final LocalMesh mesh;
  private final Board board;
  private final Receipts receipts = new Receipts();
  private final Look look;
  private final Thread painter;
  private volatile boolean closing;

  /// Gets ready to tell the story.
  ///
  /// @param mesh of [#NODES] nodes that are not started yet; the caller closes it
  /// @param isTerminal whether what is written can be drawn over
  public Demo(LocalMesh mesh, PrintWriter out, boolean isTerminal) {
    this.mesh = mesh;
    this.board = new Board(out, isTerminal);
    this.look = new Look(mesh, receipts);
    this.painter = Thread.ofVirtual().unstarted(this::paint);
  }

  /// Tells it. On return all nodes run, hold the same, and nothing acknowledged is missing on any.
  ///
  /// @throws NodeFailure if it does not come to that
  public void run() {
    board.say("Starting %d nodes; %d of them must hold a write.".formatted(NODES, WRITE_QUORUM));
    mesh.start();
    Condition.await("every node is in touch with every other one", look::connected);
    board.keep(look.table());
    painter.start();

    board.say("One write of every kind, each on another node:");
    new Tour(mesh, look, receipts, board).run();
    loseANode();

    Condition.await("all nodes hold the same", look::equal);
    endPainting();
    board.keep(look.table());
    prove();
  }

  private void loseANode() {
    var victim = mesh.nodes().getLast();
    var others = mesh.nodes().subList(0, NODES - 1);
    board.say("Two agents write without a pause, on %s.".formatted(names(others)));
    try (var _ = new Load(mesh, others, receipts)) {
      awaitWrites(WRITES_BEFORE);
      var pid = victim.pid().orElseThrow(() -> new NodeFailure(name(victim) + " ended by itself"));
      victim.kill();
      board.say("%s (process %d) is killed with SIGKILL.".formatted(name(victim), pid));
      awaitWrites(WRITES_WITHOUT);
      board.say("%d more writes were acknowledged without it.".formatted(WRITES_WITHOUT));
      snapshot();
      victim.start();
      mesh.awaitAnswer(victim);
      board.say("%s is back, and gets what it missed.".formatted(name(victim)));
      awaitWrites(WRITES_AFTER);
      Condition.await(name(victim) + " has caught up", look::connected);
      board.say("%s has caught up while writes go on.".formatted(name(victim)));
    }
  }

  private void awaitWrites(int more) {
    var wanted = receipts.writes() + more;
    Condition.await(
        "%d more writes are acknowledged".formatted(more), () -> receipts.writes() >= wanted);
  }

  /// Compares digests, which cover everything, and looks for each acknowledged memory by its id.
  private void prove() {
    var digests = look.digests();
    digests.forEach((node, root) -> board.say("  digest of %s  %s".formatted(node, root)));
    if (digests.size() < NODES || new HashSet<>(digests.values()).size() != 1) {
      throw new NodeFailure("the digests of the nodes differ");
    }
    var expected = receipts.memories();
    for (var node : mesh.nodes()) {
      var missing = new HashSet<>(expected);
      missing.removeAll(
          look.memories(node)
              .orElseThrow(() -> new NodeFailure(name(node) + " does not answer any more")));
      if (!missing.isEmpty()) {
        throw new NodeFailure(
            "%s lacks %d of %d acknowledged memories"
                .formatted(name(node), missing.size(), expected.size()));
      }
    }
    board.say(
        "All digests are equal; %d writes were acknowledged, %d memories are on every node, none is missing."
            .formatted(receipts.writes(), expected.size()));
  }

  private void snapshot() {
    board.keep(look.table());
  }

  private void paint() {
    while (!closing) {
      board.show(look.table());
      LockSupport.parkNanos(REDRAW_NANOS);
    }
  }

  private void endPainting() {
    closing = true;
    LockSupport.unpark(painter);
    try {
      painter.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    board.show(List.of());
  }

  private static String name(LocalNode node) {
    return node.place().id();
  }

  private static String names(List<LocalNode> nodes) {
    return String.join(" and ", nodes.stream().map(Demo::name).toList());
  }

  @Override
  public void close() {
    endPainting();
  }
}
