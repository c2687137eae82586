package dev.quorate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.json.Json;
import dev.quorate.testkit.Answer;
import dev.quorate.testkit.Client;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A node whose disk is full: it says so, loses nothing that it answered, and goes on when there is
/// space again.
class FullDiskIT {
  private static final String MEMORIES = "/api/v1/memories";
  private static final int DISK_MEBIBYTES = 12;
  private static final int BALLAST_BYTES = 4 << 20;

  @TempDir Path folder;
  private final SequencedMap<String, String> answered = new LinkedHashMap<>();
  private int stored;

  @Test
  void aFullDiskIsSaidAndNothingAnsweredIsLost() throws Exception {
    try (var disk = SmallDisk.mount(folder.resolve("disk"), DISK_MEBIBYTES)) {
      var data = disk.folder().resolve("data");
      var ballast = Files.write(disk.folder().resolve("ballast"), new byte[BALLAST_BYTES]);
      try (var node = Nodes.start(data)) {
        var client = node.client();
        storeUntilRefused(client);
        checkReads(client);
        // What was refused did not happen, so that its title is still free.
        Files.delete(ballast);
        Await.until(() -> store(client, "Refused").status() == 201);
        storeSome(client, 50);
        checkReads(client);
        assertThat(node.output()).doesNotContain("\tat ");
        node.kill();
      }
      try (var node = Nodes.start(data)) {
        checkReads(node.client());
      }
    }
  }

  @Test
  void aStartOnAFullDiskServesWhatIsThere() throws Exception {
    try (var disk = SmallDisk.mount(folder.resolve("disk"), DISK_MEBIBYTES)) {
      var data = disk.folder().resolve("data");
      try (var node = Nodes.start(data)) {
        storeSome(node.client(), 50);
        node.kill();
      }
      var ballast = disk.fill();
      try (var node = Nodes.start(data)) {
        var client = node.client();
        checkMemories(client);
        storeUntilRefused(client);
        // Where there is no place for an index, it is in memory.
        checkReads(client);
        Files.delete(ballast);
        Await.until(() -> store(client, "Refused").status() == 201);
        checkReads(client);
        assertThat(node.output()).doesNotContain("\tat ");
      }
    }
  }

  private void storeUntilRefused(Client client) {
    var answer = store(client, "Memory " + stored++);
    while (answer.status() == 201) answer = store(client, "Memory " + stored++);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(503);
    assertThat(answer.json().get("error").asString()).startsWith("the disk is full: ");
    var again = store(client, "Refused");
    assertThat(again.status()).as(again.toString()).isEqualTo(503);
    assertThat(answered.size()).isGreaterThanOrEqualTo(50);
  }

  private void storeSome(Client client, int count) {
    for (var i = 0; i < count; i++) {
      assertThat(store(client, "Memory " + stored++).status()).isEqualTo(201);
    }
  }

  private Answer store(Client client, String title) {
    var content = "word" + stored + " " + "x".repeat(16_000);
    var memory = Json.object().put("title", title).put("content", content);
    var answer = client.post(MEMORIES, memory);
    if (answer.status() == 201) answered.put(answer.json().get("id").asString(), content);
    return answer;
  }

  private void checkReads(Client client) {
    checkMemories(client);
    for (var content : List.of(answered.firstEntry().getValue(), answered.lastEntry().getValue())) {
      var word = content.split(" ", 2)[0];
      // The index may be opened again just now; but what is answered is complete.
      Await.until(() -> search(client, word).status() == 200);
      assertThat(search(client, word).json().get("count").asInt()).as(word).isEqualTo(1);
    }
  }

  private static Answer search(Client client, String word) {
    return client.get("/api/v1/search?q=" + word);
  }

  private void checkMemories(Client client) {
    answered.forEach((id, content) -> {
      var answer = client.get(MEMORIES + "/" + id);
      assertThat(answer.status()).as("%.200s", answer).isEqualTo(200);
      assertThat(answer.json().get("memory").get("content").asString()).isEqualTo(content);
    });
    var stats = client.get("/api/v1/stats").json();
    assertThat(stats.get("total").asInt()).isEqualTo(answered.size());
    assertThat(client.get("/api/v1/health").status()).isEqualTo(200);
  }
}
