package dev.quorate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.json.Json;
import dev.quorate.testkit.Client;
import dev.quorate.testkit.Mesh;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
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

  /// Together 32 MB, in memories of which each is answered whole.
  private static final int LARGE_BULKS = 20;

  private static final int AT_ONCE = 24;
  private static final int IDLE_CLIENTS = 60;

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

  /// Asked for in one answer each, by several clients at a time.
  private static final List<String> LARGE =
      List.of(
          "/memories?limit=1000",
          "/search?q=row&limit=1000",
          "/recall?context=row&limit=50",
          "/contradictions?namespace=global&limit=1000");

  @Test
  void whatIsAskedForInOneAnswerNeedNotFitIntoTheMemoryOfTheNode() throws Exception {
    try (var node = Nodes.start(folder, Map.of("QUORATE_HEAP", "96m"), "--embedder", "off")) {
      var client = node.client();
      for (var bulk = 0; bulk < LARGE_BULKS; bulk++) {
        // Letters that take two bytes of the heap and three on the wire, and such that take one.
        var rows = bulk % 2 == 0 ? rows(bulk) : rows(bulk, title -> title + "港".repeat(15_000));
        var answer = client.post(NodeTest.MEMORIES + "/bulk", rows);
        assertThat(answer.json().path("created").asInt()).as(answer.toString()).isEqualTo(ROWS);
      }
      askAtOnce(client);
      askWithoutReading(Nodes.address(node));
      for (var path : List.of("/search?q=row&limit=1000", "/memories?limit=1000")) {
        var answer = client.get("/api/v1" + path).json();
        assertThat(answer.path("truncated").asBoolean(false)).as(path).isTrue();
      }
      assertThat(listed(client)).hasSize(LARGE_BULKS * ROWS);
    }
  }

  /// Either an answer comes or the sentence that it does not fit; the node is there all the same.
  private static void askAtOnce(Client client) throws InterruptedException, ExecutionException {
    var refusals = new AtomicInteger();
    try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      var asked = new ArrayList<Future<?>>();
      for (var count = 0; count < AT_ONCE; count++) {
        var path = "/api/v1" + LARGE.get(count % LARGE.size());
        asked.add(
            clients.submit(() -> {
              var answer = client.get(path);
              if (answer.status() == 200) return;
              assertThat(answer.status()).as(path).isEqualTo(503);
              assertThat(answer.json().path("reason").asString(""))
                  .isEqualTo("too many large answers at a time; ask for less, or again");
              refusals.incrementAndGet();
            }));
      }
      for (var one : asked) one.get();
    }
    assertThat(refusals.get()).isLessThan(AT_ONCE);
  }

  /// Answers that nobody takes stay in memory; those that would not fit beside them are refused.
  private static void askWithoutReading(URI address) throws IOException {
    var sockets = new ArrayList<Socket>();
    try {
      for (var count = 0; count < IDLE_CLIENTS; count++) sockets.add(askingForAll(address));
      Await.until(() -> sockets.stream().allMatch(SmallHeapIT::isAnswered));
      var statuses = new TreeSet<String>();
      for (var socket : sockets) {
        statuses.add(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII));
      }
      // How many are refused depends on how much the system takes off the node's hands.
      assertThat(statuses).contains("HTTP/1.1 200").isSubsetOf("HTTP/1.1 200", "HTTP/1.1 503");
    } finally {
      for (var socket : sockets) socket.close();
    }
  }

  private static Socket askingForAll(URI address) throws IOException {
    var socket = new Socket();
    socket.setReceiveBufferSize(4_096);
    socket.connect(new InetSocketAddress(address.getHost(), address.getPort()));
    var request = "GET /api/v1/memories?limit=1000 HTTP/1.1\r\nHost: node\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private static boolean isAnswered(Socket socket) {
    try {
      return socket.getInputStream().available() > 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The ids of all memories, page by page.
  private static Set<String> listed(Client client) {
    var ids = new HashSet<String>();
    var after = "";
    do {
      var page = client.get("/api/v1/memories?limit=1000" + after).json();
      page.path("memories").forEach(memory -> ids.add(memory.path("id").asString()));
      var next = page.path("next").asString("");
      after = next.isEmpty() ? "" : "&after=" + next;
    } while (!after.isEmpty());
    return ids;
  }

  private static JsonNode rows(int bulk) {
    return rows(bulk, title -> title.repeat(CONTENT_CHARACTERS / title.length()));
  }

  private static JsonNode rows(int bulk, UnaryOperator<String> contentOf) {
    var rows = Json.mapper().createArrayNode();
    for (var row = 0; row < ROWS; row++) {
      var title = "row %d of bulk %d ".formatted(row, bulk);
      rows.add(Json.object().put("title", title).put("content", contentOf.apply(title)));
    }
    return rows;
  }
}
