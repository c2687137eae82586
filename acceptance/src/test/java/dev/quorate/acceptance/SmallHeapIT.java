package dev.quorate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.json.Json;
import dev.quorate.testkit.Mesh;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Nodes whose heap is smaller than what one of them missed.
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SmallHeapIT {
  private static final String HEAP = "64m";
  private static final int CONTENT_CHARACTERS = 40_000;
  private static final int ROWS = 40;

  /// Together 80 MB of contents.
  private static final int BULKS = 50;

  @TempDir Path folder;

  @Test
  void whatANodeMissedNeedNotFitIntoTheMemoryOfThoseThatBringIt() {
    try (var mesh =
        Mesh.of(folder, 2).withEnvironment(Map.of("QUORATE_HEAP", HEAP)).writeQuorum(1).make()) {
      mesh.start();
      mesh.awaitConnected();
      mesh.node(1).kill();
      for (var bulk = 0; bulk < BULKS; bulk++) {
        var answer = mesh.node(0).client().post(NodeTest.MEMORIES + "/bulk", rows(bulk));
        assertThat(answer.json().path("created").asInt()).as(answer.toString()).isEqualTo(ROWS);
      }
      mesh.node(1).start();
      mesh.awaitConverged();
    }
  }

  private static JsonNode rows(int bulk) {
    var rows = Json.mapper().createArrayNode();
    for (var row = 0; row < ROWS; row++) {
      var title = "row %d of bulk %d ".formatted(row, bulk);
      rows.add(
          Json.object()
              .put("title", title)
              .put("content", title.repeat(CONTENT_CHARACTERS / title.length())));
    }
    return rows;
  }
}
