package dev.quorate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.json.Json;
import dev.quorate.testkit.Answer;
import dev.quorate.testkit.TestNode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Stores that are damaged, of another program, or of a later day.
class DamagedStoreIT {
  private static final int PAGE_BYTES = 4096;

  @TempDir Path data;
  @TempDir Path files;

  private Path store() {
    return data.resolve("quorate.db");
  }

  private List<String> fill() {
    var ids = new ArrayList<String>();
    try (var node = TestNode.start(data)) {
      for (var i = 0; i < 300; i++) {
        var memory = Json.object().put("title", "Memory " + i).put("content", "words ".repeat(200));
        ids.add(node.client().post("/api/v1/memories", memory).json().get("id").asString());
      }
    }
    return ids;
  }

  private void overwrite(long from, long to) throws IOException {
    try (var file = new RandomAccessFile(store().toFile(), "rw")) {
      var garbage = new byte[(int) (to - from)];
      Arrays.fill(garbage, (byte) 0x5a);
      file.seek(from);
      file.write(garbage);
    }
  }

  @Test
  void anOverwrittenHeaderIsRefused() throws Exception {
    fill();
    overwrite(0, 100);
    assertThat(StartRefusal.of(files, data)).contains(store().toString(), "damaged", "backup");
  }

  @Test
  void aFileThatIsNoStoreIsRefusedAndLeftAsItIs() throws Exception {
    for (var garbage :
        List.of("Dear diary,\n".repeat(1_000), "x", "SQLite format 3\u0000" + "?".repeat(9_000))) {
      Files.writeString(store(), garbage);
      assertThat(StartRefusal.of(files, data)).contains(store().toString());
      assertThat(store()).hasContent(garbage);
    }
  }

  @Test
  void aDatabaseOfAnotherProgramIsRefused() throws Exception {
    sql("PRAGMA application_id = 7", "CREATE TABLE theirs (a)");
    assertThat(StartRefusal.of(files, data)).contains(store().toString(), "another program");
  }

  @Test
  void aNewerSchemaIsRefused() throws Exception {
    fill();
    sql("PRAGMA user_version = 999");
    assertThat(StartRefusal.of(files, data)).contains(store().toString(), "999", "newer");
  }

  private void sql(String... commands) throws Exception {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + store());
        var statement = connection.createStatement()) {
      for (var command : commands) statement.execute(command);
    }
  }

  @Test
  void overwrittenPagesAreToldToWhoeverTouchesThem() throws Exception {
    var ids = fill();
    var pages = Files.size(store()) / PAGE_BYTES;
    overwrite(pages / 4 * PAGE_BYTES, pages * PAGE_BYTES);
    try (var node = Nodes.start(data)) {
      var client = node.client();
      var refusals = new ArrayList<Answer>();
      for (var id : ids) refusals.add(client.get("/api/v1/memories/" + id));
      refusals.add(client.get("/api/v1/memories"));
      refusals.add(client.get("/api/v1/search?q=words"));
      refusals.add(client.get("/api/v1/stats"));
      refusals.add(client.get("/api/v1/backup"));
      var fresh = Json.object().put("title", "New").put("content", "words");
      refusals.add(client.post("/api/v1/memories", fresh));
      refusals.removeIf(answer -> answer.status() < 300);
      assertThat(refusals).as("something was damaged").isNotEmpty();
      for (var answer : refusals) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(503);
        assertThat(answer.json().get("error").asString()).doesNotContain("Exception", "SQLITE_");
      }
      assertThat(refusals).anyMatch(answer -> answer.text().contains("damaged"));
      assertThat(node.output()).doesNotContain("\tat ");
    } catch (IllegalStateException refused) {
      // Where the pages are needed to start, the start is what ends, in a sentence.
      assertThat(refused.getMessage()).contains("quorate: ", "damaged").doesNotContain("\tat ");
    }
  }
}
