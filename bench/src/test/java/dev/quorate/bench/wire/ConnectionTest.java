package dev.quorate.bench.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quorate.bench.FakeServer;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ConnectionTest {
  private final Call call = new Call();

  @Test
  void manyRequestsUseOneConnection() throws IOException {
    try (var server = new FakeServer(request -> FakeServer.json(200, request.target()));
        var connection = connection(server, null)) {
      for (var i = 0; i < 20; i++) {
        call.get().append("/n/").append(i);
        assertThat(connection.exchange(call).body()).isEqualTo("/n/" + i);
      }
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void aPostCarriesItsBodyAndTheKey() throws IOException {
    try (var server = new FakeServer(request -> FakeServer.json(201, request.body()));
        var connection = connection(server, "secret")) {
      call.post("/api/v1/memories").append("{\"n\":1}");
      var response = connection.exchange(call);
      assertThat(response.status()).isEqualTo(201);
      assertThat(response.body()).isEqualTo("{\"n\":1}");
      assertThat(server.requests().getFirst().head().split("\r\n"))
          .containsExactly(
              "POST /api/v1/memories HTTP/1.1",
              "Host: 127.0.0.1:" + server.port(),
              "X-API-Key: secret",
              "Content-Type: application/json",
              "Content-Length: 7");
    }
  }

  @Test
  void aConnectionThatTheServerClosesIsOpenedAgain() throws IOException {
    var closing = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok";
    try (var server = new FakeServer(_ -> closing);
        var connection = connection(server, null)) {
      call.get().append("/");
      assertThat(connection.exchange(call).body()).isEqualTo("ok");
      assertThat(connection.exchange(call).body()).isEqualTo("ok");
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  @Test
  void aRequestThatGetsNoAnswerIsNotSentAgain() throws IOException {
    try (var server =
            new FakeServer(request -> request.body().isEmpty() ? FakeServer.json(200, "") : "");
        var connection = connection(server, null)) {
      call.post("/x").append("lost");
      assertThatThrownBy(() -> connection.exchange(call)).isInstanceOf(IOException.class);
      assertThat(server.requests()).hasSize(1);
      call.get().append("/");
      assertThat(connection.exchange(call).status()).isEqualTo(200);
    }
  }

  @Test
  void noServerIsToldFromABrokenConnection() {
    // Not the port of a server that was closed: such a one is soon given to somebody else.
    try (var connection = new Connection(new Endpoint("127.0.0.1", 1), null)) {
      call.get().append("/");
      assertThatThrownBy(() -> connection.exchange(call))
          .isInstanceOf(ConnectFailed.class)
          .hasMessageStartingWith("cannot connect to http://127.0.0.1:1: ");
    }
  }

  @Test
  void aRequestThatTakesTooLongIsCutOff() throws Exception {
    var arrived = new CountDownLatch(1);
    var never = new CountDownLatch(1);
    try (var server =
            new FakeServer(request -> {
              if (request.target().equals("/ok")) return FakeServer.json(200, "");
              arrived.countDown();
              never.await();
              return "";
            });
        var connection = connection(server, null);
        var thread = Executors.newVirtualThreadPerTaskExecutor()) {
      var before = System.nanoTime();
      call.get().append("/slow");
      var answer = thread.submit(() -> connection.exchange(call).status());
      assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();
      connection.abortIfSince(before);
      assertThat(answer.isDone()).isFalse();
      connection.abortIfSince(System.nanoTime());
      assertThatThrownBy(answer::get)
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(TimedOut.class);
      call.get().append("/ok");
      assertThat(connection.exchange(call).status()).isEqualTo(200);
      never.countDown();
    }
  }

  private static Connection connection(FakeServer server, @Nullable String key) {
    return new Connection(new Endpoint("127.0.0.1", server.port()), key);
  }
}
