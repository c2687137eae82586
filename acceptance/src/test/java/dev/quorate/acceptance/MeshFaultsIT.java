package dev.quorate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.json.Json;
import dev.quorate.testkit.Answer;
import dev.quorate.testkit.Fault;
import dev.quorate.testkit.Mesh;
import dev.quorate.testkit.MeshNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// One mesh of three processes, and one trouble after the other for its last node, whose own
/// clients try to write all the time as those of the others do. After each trouble nothing that was
/// acknowledged to any client is missing on any node, and all hold the same.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MeshFaultsIT {
  private static final long SEED = Long.getLong("seed", 12);
  private static final int TROUBLED = 2;
  private static final int DISK_MEBIBYTES = 48;

  private SmallDisk disk;
  private Mesh mesh;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    // It is where the mesh looks for the directory of its last node.
    disk = SmallDisk.mount(folder.resolve("node-3"), DISK_MEBIBYTES);
    mesh = Mesh.of(folder, 3).withEnvironment(Nodes.SHORT_LIVED).withProxies().make();
    mesh.start();
  }

  @AfterAll
  void end() throws IOException {
    if (mesh != null) mesh.close();
    if (disk != null) disk.close();
  }

  /// What happens to a node, and how it ends. Each returns when it is so.
  record Trouble(String name, Act begin, Act end) {
    @Override
    public String toString() {
      return name;
    }
  }

  @FunctionalInterface
  private interface Act {
    void run() throws IOException;
  }

  private Stream<Trouble> troubles() {
    return Stream.of(
        onItsLines("its lines are cut", new Fault.Cut()),
        onItsLines("its lines are half open", new Fault.HalfOpen()),
        onItsLines("its lines are throttled", new Fault.Throttle(2_000)),
        onItsLines(
            "its lines are slow", new Fault.Delay(Duration.ofMillis(300), Duration.ofMillis(300))),
        new Trouble("it sends and gets nothing", this::openHalfOfTheLinesToIt, mesh::heal),
        new Trouble("it is halted", this::halt, () -> node().resume()),
        new Trouble("it is killed", () -> node().kill(), () -> node().start()),
        new Trouble("its disk is full", this::fillDisk, this::freeDisk),
        new Trouble(
            "its disk is full and it is killed", this::fillDiskAndKill, this::freeAndStart));
  }

  @ParameterizedTest
  @MethodSource("troubles")
  void nothingAcknowledgedIsMissingAfter(Trouble trouble) throws IOException {
    mesh.awaitConnected();
    var load = new MeshLoad(mesh.nodes(), SEED, trouble.name().replace(' ', '-') + "/");
    try (load) {
      load.await(20);
      trouble.begin().run();
      load.await(60);
      trouble.end().run();
      load.await(20);
    }
    load.check(mesh);
    assertThat(node().output()).doesNotContain("\tat ");
  }

  private MeshNode node() {
    return mesh.node(TROUBLED);
  }

  private Trouble onItsLines(String name, Fault fault) {
    Act begin =
        () -> {
          mesh.isolate(TROUBLED, fault);
          awaitBehind();
        };
    return new Trouble(name, begin, mesh::heal);
  }

  private void openHalfOfTheLinesToIt() {
    mesh.proxy(0, TROUBLED).set(new Fault.HalfOpen());
    mesh.proxy(1, TROUBLED).set(new Fault.HalfOpen());
    awaitBehind();
  }

  private void halt() {
    node().pause();
    awaitBehind();
  }

  private void fillDisk() throws IOException {
    disk.fill();
    // Small changes may still fit into what was taken from the disk before.
    Await.until(() -> {
      var answer = store(node());
      return answer.status() == 503
          && answer.json().path("error").asString().startsWith("the disk is full: ");
    });
    Await.until(() -> {
      assertThat(store(mesh.node(0)).status()).isIn(200, 201);
      return asSeen().path("lag").asInt() > 0 && !asSeen().path("trouble").asString("").isEmpty();
    });
  }

  private void freeDisk() throws IOException {
    Files.delete(disk.ballast());
  }

  private void fillDiskAndKill() throws IOException {
    fillDisk();
    node().kill();
  }

  private void freeAndStart() throws IOException {
    freeDisk();
    node().start();
  }

  private static Answer store(MeshNode node) {
    var memory = Json.object().put("title", "Large").put("content", "x".repeat(16_000));
    return node.client().post("/api/v1/memories", memory.put("on_conflict", "merge"));
  }

  /// Returns when the first node has something that the troubled one does not confirm.
  private void awaitBehind() {
    Await.until(() -> asSeen().path("lag").asInt() > 0);
  }

  /// How the first node sees the troubled one.
  private JsonNode asSeen() {
    // By its address: whom it reaches there it may have forgotten.
    var line = mesh.proxy(0, TROUBLED).address().toString();
    var peers = mesh.node(0).client().get("/api/v1/cluster/status").json().path("peers");
    for (var peer : peers) {
      if (peer.path("url").asString("").equals(line)) return peer;
    }
    throw new AssertionError("the first node has no such peer as %s: %s".formatted(line, peers));
  }
}
