package dev.quorate.bench.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.bench.FakeServer;
import dev.quorate.bench.wire.Endpoint;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MeshTest {
  @Test
  void tellsWhatTheRunCostTheMeshOnceItsNodesAreEqual() {
    var looks = new AtomicInteger();
    try (var peer = new FakeServer(request -> peer(request, looks.incrementAndGet()));
        var server = new FakeServer(new Server(peer.url()))) {
      var mesh = Mesh.of(Endpoint.parse(server.url()), null).orElseThrow();
      var cost = mesh.cost().orElseThrow();
      assertThat(cost.nodes()).isEqualTo(2);
      assertThat(cost.writeQuorum()).isEqualTo(2);
      assertThat(cost.requestsPerItem()).isEqualTo(0.1);
      assertThat(cost.bytesPerItem()).isEqualTo(900);
      assertThat(cost.secondsToEqual()).isPositive();
      assertThat(cost.residentBytesMin()).isEqualTo(100);
      assertThat(cost.residentBytesMax()).isEqualTo(300);
      assertThat(peer.requests("/api/v1/cluster/digest")).hasSize(3);
    }
  }

  @Test
  void aServerWithoutPeersIsNoMesh() {
    try (var server =
        new FakeServer(_ -> FakeServer.json(200, "{\"write_quorum\":1,\"peers\":[]}"))) {
      assertThat(Mesh.of(Endpoint.parse(server.url()), null)).isEmpty();
    }
  }

  @Test
  void aServerOfAnotherMakeIsNoMesh() {
    try (var server = new FakeServer(_ -> FakeServer.json(404, "{\"error\":\"not found\"}"))) {
      assertThat(Mesh.of(Endpoint.parse(server.url()), null)).isEmpty();
    }
  }

  /// Differs from the server until the third look.
  private static String peer(FakeServer.Request request, int look) {
    return request.target().equals("/metrics")
        ? FakeServer.json(200, "process_resident_bytes 3.0E2\n")
        : FakeServer.json(200, "{\"root\":\"%s\"}".formatted(look < 3 ? "old" : "new"));
  }

  /// Counts ten items, one request and 9,000 bytes between two looks at its metrics.
  private static final class Server implements FakeServer.Handler {
    private final String peer;
    private final AtomicInteger counted = new AtomicInteger();

    Server(String peer) {
      this.peer = peer;
    }

    @Override
    public String answer(FakeServer.Request request) {
      return switch (request.target()) {
        case "/metrics" -> metrics(counted.getAndIncrement());
        case "/api/v1/cluster/digest" -> FakeServer.json(200, "{\"root\":\"new\"}");
        default ->
            FakeServer.json(
                200,
                """
                {"write_quorum":2,"peers":[{"url":"%s","role":"replica"},
                  {"url":"http://127.0.0.1:1","role":"guest"}]}\
                """
                    .formatted(peer));
      };
    }

    private static String metrics(int look) {
      return FakeServer.json(
          200,
          """
          process_resident_bytes 100
          quorate_push_requests_total{direction="out"} %d
          quorate_push_bytes_total %d
          quorate_push_items_total %d
          """
              .formatted(5 + look, 100 + 9_000 * look, 50 + 10 * look));
    }
  }
}
