package dev.quorate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.testkit.Client;
import dev.quorate.testkit.Mesh;
import dev.quorate.testkit.MeshNode;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Consumers of the feed of three nodes as processes, one of which is killed under them.
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ChangesMeshIT {
  private static final long SEED = Long.getLong("seed", 13);

  @TempDir Path folder;

  /// What somebody knows who has nothing but the feed.
  private static final class Follower {
    private final Map<String, String> contents = new TreeMap<>();
    private String cursor = "";

    /// Reads the next page. False when the node does not answer, or cannot go on yet.
    boolean read(Client node, String more) {
      try {
        var after = cursor.isEmpty() ? "" : "&after=" + cursor;
        var answer = node.get("/api/v1/changes?limit=50" + more + after);
        if (answer.status() == 503) return false;
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        answer.json().get("changes").forEach(this::take);
        cursor = answer.json().get("cursor").asString();
        return true;
      } catch (UncheckedIOException e) {
        return false;
      }
    }

    void take(JsonNode change) {
      var object = change.get("object");
      for (var id : change.get("ids")) {
        if (change.get("state").asString().equals("live")) {
          contents.put(id.asString(), object.path("content").asString());
        } else {
          contents.remove(id.asString());
        }
      }
      cursor = change.get("cursor").asString();
    }
  }

  private static Map<String, String> export(MeshNode node) {
    var contents = new TreeMap<String, String>();
    for (var memory : node.client().get("/api/v1/export").json().get("memories")) {
      contents.put(memory.get("id").asString(), memory.get("content").asString());
    }
    return contents;
  }

  @Test
  void whoReadAtANodeThatWasKilledGoesOnAtAnotherAndMissesNothing() throws Exception {
    try (var mesh = Mesh.of(folder, 3).withEnvironment(Nodes.SHORT_LIVED).make()) {
      mesh.start();
      mesh.awaitConnected();
      var polling = new Follower();
      var listening = new Follower();
      var load = new MeshLoad(mesh.nodes(), SEED);
      try (load) {
        load.await(40);
        for (var i = 0; i < 4; i++) polling.read(mesh.node(0).client(), "&wait=5");
        try (var events = new Events(mesh.node(0).address(), "/api/v1/changes")) {
          for (var i = 0; i < 60; i++) listening.take(events.next());
          load.await(40);
          mesh.node(0).kill();
        }
        assertThat(polling.read(mesh.node(0).client(), "")).isFalse();
        // The cursors are of the node that is gone.
        Await.until(() -> polling.read(mesh.node(1).client(), "&wait=5"));
        var path = "/api/v1/changes";
        try (var events =
            new Events(mesh.node(2).address(), path, "Last-Event-ID", listening.cursor)) {
          assertThat(events.status()).isEqualTo(200);
          load.await(40);
          listening.take(events.next());
        }
        mesh.node(0).start();
        load.await(40);
      }
      load.check(mesh);
      var shown = export(mesh.node(1));
      readToTheEnd(polling, mesh.node(1).client(), shown.size());
      readToTheEnd(listening, mesh.node(2).client(), shown.size());
      assertThat(polling.contents).isEqualTo(shown);
      assertThat(listening.contents).isEqualTo(shown);
    }
  }

  private static void readToTheEnd(Follower follower, Client node, int least) {
    Await.until(() -> {
      var before = follower.cursor;
      return follower.read(node, "")
          && follower.cursor.equals(before)
          && follower.contents.size() >= least;
    });
  }

  @Test
  void aNewNodeTellsNothingBeforeItHasWhatTheCursorHas() throws Exception {
    try (var mesh = Mesh.of(folder, 3).withEnvironment(Nodes.SHORT_LIVED).make()) {
      mesh.node(0).start();
      mesh.node(1).start();
      var follower = new Follower();
      var load = new MeshLoad(mesh.nodes().subList(0, 2), SEED);
      try (load) {
        load.await(150);
      }
      readToTheEnd(follower, mesh.node(0).client(), 1);
      var told = follower.contents.size();
      mesh.node(2).start();
      var seen = new Follower();
      seen.cursor = follower.cursor;
      Await.until(() -> seen.read(mesh.node(2).client(), ""));
      // It was not begun again from the start, and nothing is missing.
      assertThat(seen.contents.size()).isLessThan(Math.max(2, told / 2));
      load.check(mesh);
      assertThat(export(mesh.node(2))).isEqualTo(follower.contents);
    }
  }
}
