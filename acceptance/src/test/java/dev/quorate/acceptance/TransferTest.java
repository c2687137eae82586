package dev.quorate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.json.Json;
import dev.quorate.testkit.TestNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Export, import, backup.
class TransferTest extends NodeTest {
  @TempDir Path elsewhere;

  @Test
  void whatIsExportedIsImportedElsewhereTheSame() {
    var a = store(memory("A", "first").put("namespace", "x").put("tier", "long"));
    var b = store("B", "second");
    answered(201, client.post("/api/v1/links", Json.object().put("from", a).put("to", b)));
    var export = ok(client.get("/api/v1/export"));
    assertThat(export.get("count").asInt()).isEqualTo(2);
    assertThat(export.get("links")).hasSize(1);
    try (var other = TestNode.start(elsewhere)) {
      var report = ok(other.client().post("/api/v1/import", export));
      assertThat(report.get("imported").asInt()).isEqualTo(2);
      assertThat(report.get("errors")).isEmpty();
      ok(other.client().post("/api/v1/import", export));
      var again = ok(other.client().get("/api/v1/export"));
      assertThat(again.get("memories")).isEqualTo(export.get("memories"));
      assertThat(again.get("links")).hasSize(1);
      assertThat(ok(other.client().get("/api/v1/search?q=first")).get("count").asInt())
          .isEqualTo(1);
    }
  }

  @Test
  void anOldExportDoesNotOverruleANewerEdit() {
    var id = store("A", "old");
    var export = ok(client.get("/api/v1/export"));
    ok(client.put(MEMORIES + "/" + id, Json.object().put("content", "new")));
    ok(client.post("/api/v1/import", export));
    assertThat(memoryOf(client.get(MEMORIES + "/" + id)).get("content").asString())
        .isEqualTo("new");
  }

  @Test
  void aDeletedIdComesInUnderANewOne() {
    var id = store("A", "content");
    var export = ok(client.get("/api/v1/export"));
    ok(client.delete(MEMORIES + "/" + id));
    var report = ok(client.post("/api/v1/import", export));
    var remapped = report.get("remapped").get(id).asString();
    assertThat(remapped).isNotEqualTo(id);
    refused(404, client.get(MEMORIES + "/" + id));
    assertThat(memoryOf(client.get(MEMORIES + "/" + remapped)).get("title").asString())
        .isEqualTo("A");
  }

  @Test
  void anOldTextDoesNotReplaceTheNewMemoryThatTookItsTitle() {
    store("T", "old text");
    var export = ok(client.get("/api/v1/export"));
    ok(client.delete(MEMORIES + "/" + export.get("memories").get(0).get("id").asString()));
    var now = store("T", "new text");
    var report = ok(client.post("/api/v1/import", export));
    assertThat(report.get("remapped")).hasSize(1);
    assertThat(memoryOf(client.get(MEMORIES + "/" + now)).get("content").asString())
        .isEqualTo("new text");
  }

  @Test
  void aRowThatBreaksARuleIsNamedAndTheOthersComeIn() {
    store("A", "content");
    var export = (ObjectNode) ok(client.get("/api/v1/export"));
    var bad = (ObjectNode) export.get("memories").get(0).deepCopy();
    bad.put("id", "bad").put("title", "B").put("priority", 11);
    ((ArrayNode) export.get("memories")).add(bad);
    var report = ok(client.post("/api/v1/import", export));
    assertThat(report.get("imported").asInt()).isEqualTo(1);
    assertThat(report.get("errors").get(0).asString()).startsWith("bad: priority must be 1..10");
  }

  @Test
  void aBackupIsAWholeStore() throws Exception {
    var id = store("A", "content");
    var backup = client.get("/api/v1/backup");
    assertThat(backup.status()).isEqualTo(200);
    Files.write(elsewhere.resolve("quorate.db"), backup.bytes());
    try (var other = TestNode.start(elsewhere)) {
      assertThat(memoryOf(other.client().get(MEMORIES + "/" + id)).get("title").asString())
          .isEqualTo("A");
    }
    try (var scratch = Files.list(data.resolve("scratch"))) {
      assertThat(scratch).as("nothing is left behind").isEmpty();
    }
  }
}
