package dev.quorate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.quorate.json.Json;
import dev.quorate.testkit.Answer;
import dev.quorate.testkit.Fault;
import dev.quorate.testkit.Mesh;
import dev.quorate.testkit.MeshNode;
import dev.quorate.testkit.MeshPlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Three nodes as processes, and what may happen to one of them. Whatever it is, nothing that was
/// acknowledged is missing on any node afterwards, and all hold the same.
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MeshIT {
  private static final long SEED = Long.getLong("seed", 11);
  private static final Path FAKETIME =
      Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1");

  @TempDir Path folder;

  private MeshPlan three() {
    return Mesh.of(folder, 3).withEnvironment(Nodes.SHORT_LIVED);
  }

  private static Answer store(MeshNode node, String title) {
    var memory = Json.object().put("title", title).put("content", "kept");
    return node.client().post("/api/v1/memories", memory);
  }

  private static String stored(MeshNode node, String title) {
    var answer = store(node, title);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
    return answer.json().get("id").asString();
  }

  private static int found(MeshNode node, String id) {
    return node.client().get("/api/v1/memories/" + id).status();
  }

  @Test
  void aNodeThatIsKilledInTheMiddleOfWritesCatchesUp() throws Exception {
    try (var mesh = three().make()) {
      mesh.start();
      var load = new MeshLoad(mesh.nodes(), SEED);
      try (load) {
        load.await(60);
        mesh.node(2).kill();
        load.await(60);
        mesh.node(2).start();
        load.await(60);
      }
      load.check(mesh);
    }
  }

  @Test
  void aHaltedNodeHoldsNobodyUpAndCatchesUp() throws Exception {
    try (var mesh = three().make()) {
      mesh.start();
      mesh.awaitConnected();
      mesh.node(2).pause();
      for (var i = 0; i < 30; i++) {
        // Within the time for a quorum, or it would have been answered 503.
        var answer = store(mesh.node(i % 2), "while one is halted " + i);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        assertThat(answer.json().path("quorum").path("acks").asInt()).isEqualTo(2);
      }
      var load = new MeshLoad(mesh.nodes().subList(0, 2), SEED);
      try (load) {
        load.await(60);
        mesh.node(2).resume();
        load.await(60);
      }
      load.check(mesh);
    }
  }

  @Test
  void aNodeThatIsCutOffSaysSoAndLosesNothing() throws Exception {
    try (var mesh = three().withProxies().make()) {
      mesh.start();
      mesh.awaitConnected();
      var load = new MeshLoad(mesh.nodes(), SEED);
      String alone;
      try (load) {
        load.await(60);
        mesh.isolate(2, new Fault.Cut());
        var answer = store(mesh.node(2), "cut off");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(503);
        assertThat(answer.json().path("error").asString()).isEqualTo("quorum_not_met");
        alone = answer.json().path("id").asString();
        load.await(60);
        mesh.heal();
        load.await(60);
      }
      load.check(mesh);
      for (var node : mesh.nodes()) assertThat(found(node, alone)).as(node.id()).isEqualTo(200);
    }
  }

  @Test
  void aPeerThatNeverAnswersHoldsNobodyUpAndCatchesUp() throws Exception {
    try (var mesh = three().withProxies().make()) {
      mesh.start();
      mesh.awaitConnected();
      var load = new MeshLoad(mesh.nodes().subList(0, 2), SEED);
      try (load) {
        load.await(60);
        mesh.isolate(2, new Fault.HalfOpen());
        load.await(60);
        mesh.heal();
        load.await(60);
      }
      load.check(mesh);
    }
  }

  @Test
  void slowLinesLoseNothing() throws Exception {
    try (var mesh = three().withProxies().make()) {
      mesh.start();
      mesh.awaitConnected();
      mesh.isolate(2, new Fault.Delay(Duration.ofMillis(50), Duration.ofMillis(50)));
      mesh.proxy(0, 1).set(new Fault.Throttle(100_000));
      var load = new MeshLoad(mesh.nodes(), SEED);
      try (load) {
        load.await(60);
        mesh.heal();
      }
      load.check(mesh);
    }
  }

  @Test
  void aClockThatIsAheadHarmsNobodyWhereLibfaketimeIsInstalled() throws Exception {
    assumeTrue(Files.exists(FAKETIME), "libfaketime is not installed at " + FAKETIME);
    var ahead =
        Map.of("LD_PRELOAD", FAKETIME.toString(), "FAKETIME", "+120s", "DONT_FAKE_MONOTONIC", "1");
    try (var mesh = three().withEnvironment(2, ahead).make()) {
      mesh.start();
      mesh.awaitConnected();
      var load = new MeshLoad(mesh.nodes(), SEED);
      try (load) {
        load.await(90);
      }
      load.check(mesh);
      // The node with the true clock has the last word, though the other one's clock is ahead.
      var id = stored(mesh.node(2), "made ahead");
      var made = mesh.node(2).client().get("/api/v1/memories/" + id).json().path("memory");
      assertThat(OffsetDateTime.parse(made.path("updated_at").asString()))
          .isAfter(OffsetDateTime.now(ZoneOffset.UTC).plusSeconds(60));
      mesh.awaitConverged();
      var body = Json.object().put("content", "changed later");
      var changed = mesh.node(0).client().put("/api/v1/memories/" + id, body);
      assertThat(changed.status()).as(changed.toString()).isEqualTo(200);
      mesh.awaitConverged();
      for (var node : mesh.nodes()) {
        var seen = node.client().get("/api/v1/memories/" + id).json().path("memory");
        assertThat(seen.path("content").asString()).as(node.id()).isEqualTo("changed later");
      }
    }
  }

  @Test
  void aNewNodeGetsEverythingThereIs() throws Exception {
    try (var mesh = three().make()) {
      mesh.node(0).start();
      mesh.node(1).start();
      var load = new MeshLoad(mesh.nodes().subList(0, 2), SEED);
      try (load) {
        load.await(100);
        mesh.node(2).start();
        load.await(20);
      }
      load.check(mesh);
    }
  }

  @Test
  void aDeletedMemoryDoesNotComeBackWithAnOlderBackup() throws Exception {
    var backup = folder.resolve("older.db");
    try (var mesh = three().make()) {
      mesh.start();
      var ids =
          List.of(stored(mesh.node(0), "to be deleted"), stored(mesh.node(2), "this one, too"));
      var stays = stored(mesh.node(1), "to stay");
      mesh.awaitConverged();
      Files.write(backup, mesh.node(2).client().get("/api/v1/backup").bytes());
      for (var id : ids) {
        assertThat(mesh.node(0).client().delete("/api/v1/memories/" + id).status()).isEqualTo(200);
      }
      var later = stored(mesh.node(2), "stored after the backup");
      mesh.awaitConverged();
      mesh.node(2).stop();
      var restored =
          new Program(folder)
              .run(
                  "restore",
                  backup.toString(),
                  "--data",
                  mesh.node(2).data().toString(),
                  "--force");
      assertThat(restored.exitCode()).as(restored.toString()).isZero();
      mesh.node(2).start();
      mesh.awaitConverged();
      for (var node : mesh.nodes()) {
        for (var id : ids) assertThat(found(node, id)).as(node.id()).isEqualTo(404);
        assertThat(found(node, stays)).as(node.id()).isEqualTo(200);
        assertThat(found(node, later)).as(node.id()).isEqualTo(200);
      }
    }
  }
}
