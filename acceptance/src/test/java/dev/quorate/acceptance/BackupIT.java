package dev.quorate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.json.Json;
import dev.quorate.testkit.Client;
import dev.quorate.testkit.NodeProcess;
import dev.quorate.testkit.TestNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Backup of a node that runs, and restore into another directory.
class BackupIT {
  private static final int STEADY = 60;

  @TempDir Path data;
  @TempDir Path folder;
  private Program program;
  private Path backup;

  @BeforeEach
  void prepare() throws Exception {
    program = new Program(Files.createDirectory(folder.resolve("files")));
    backup = folder.resolve("monday.db");
  }

  @Test
  void aBackupTakenWhileClientsWriteIsWhole() throws Exception {
    var lasting = new HashMap<String, String>();
    try (var node = Nodes.start(data)) {
      storeSteady(node.client());
      var writers = new Writers(4, new SplittableRandom(11));
      writers.writeUntil(
          node,
          200,
          () -> {
            lasting.putAll(contents(node.client()));
            backUp(node, 0);
            // The writers go on to change and delete what they stored, but not what is steady.
            lasting.entrySet().retainAll(contents(node.client()).entrySet());
            node.stop();
          });
    }
    var restored = restore();
    try (var node = TestNode.start(restored)) {
      var client = node.client();
      var memories = contents(client);
      assertThat(lasting.size()).isGreaterThanOrEqualTo(STEADY);
      assertThat(memories)
          .as("what was there before and after is there")
          .containsAllEntriesOf(lasting);
      assertThat(client.get("/api/v1/stats").json().get("total").asInt())
          .isEqualTo(memories.size());
      memories.forEach((id, content) -> {
        var word = content.split(" ", 2)[0];
        var found = client.get("/api/v1/search?q=" + word).json().get("results");
        assertThat(found.size()).as(word).isEqualTo(1);
        assertThat(found.get(0).get("id").asString()).as(word).isEqualTo(id);
      });
    }
  }

  @Test
  void aRestoredNodeHasTheSameContentsAndAnotherEpoch() throws Exception {
    String epoch;
    String exported;
    String archived;
    try (var node = Nodes.start(data)) {
      Fixture.fill(node.client());
      epoch = node.client().get("/api/v1/health").json().get("epoch").asString();
      exported = export(node.client());
      archived = node.client().get("/api/v1/archive").text();
      backUp(node, 0);
      backUp(node, 1);
      var refused = program.run("restore", backup.toString(), "--data", data.toString(), "--force");
      assertThat(StartRefusal.sentence(refused)).contains("a node is running");
    }
    var restored = restore();
    try (var node = TestNode.start(restored)) {
      var health = node.client().get("/api/v1/health").json();
      assertThat(health.get("epoch").asString()).isNotEqualTo(epoch);
      assertThat(export(node.client())).isEqualTo(exported);
      assertThat(node.client().get("/api/v1/archive").text()).isEqualTo(archived);
    }
    var again = program.run("restore", backup.toString(), "--data", restored.toString());
    assertThat(StartRefusal.sentence(again)).contains("--force");
  }

  @Test
  void whatIsNoBackupIsNotRestored() throws Exception {
    Files.writeString(backup, "Dear diary");
    var garbage = program.run("restore", backup.toString(), "--data", data.toString());
    assertThat(StartRefusal.sentence(garbage)).contains("not a Quorate store");
    var nothing =
        program.run("restore", folder.resolve("no").toString(), "--data", data.toString());
    assertThat(StartRefusal.sentence(nothing)).contains("no file");
    assertThat(data.resolve("quorate.db")).doesNotExist();
  }

  private static void storeSteady(Client client) {
    for (var i = 0; i < STEADY; i++) {
      var memory =
          Json.object().put("title", "Steady " + i).put("content", "steady" + i + " words");
      assertThat(client.post("/api/v1/memories", memory).status()).isEqualTo(201);
    }
  }

  /// Takes a backup by the command line, which must end with `exitCode`.
  private void backUp(NodeProcess node, int exitCode) {
    try {
      var ended = program.run("backup", backup.toString(), "--url", Nodes.address(node).toString());
      assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(exitCode);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private Path restore() throws Exception {
    var restored = folder.resolve("restored");
    var ended = program.run("restore", backup.toString(), "--data", restored.toString());
    assertThat(ended.exitCode()).as(ended.toString()).isZero();
    return restored;
  }

  private static Map<String, String> contents(Client client) {
    var contents = new HashMap<String, String>();
    for (var memory : client.get("/api/v1/export").json().get("memories")) {
      contents.put(memory.get("id").asString(), memory.get("content").asString());
    }
    return contents;
  }

  /// Everything that is exported, but for when.
  private static String export(Client client) {
    var export = client.get("/api/v1/export").json().asObject();
    export.remove("exported_at");
    return Json.text(export);
  }
}
