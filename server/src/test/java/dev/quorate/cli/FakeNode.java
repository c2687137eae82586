package dev.quorate.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// A server on loopback that gives prepared answers in turn and keeps what it was asked. The last
/// answer is given for ever.
final class FakeNode implements AutoCloseable {
  private final HttpServer server;
  private final Deque<Answer> answers = new ArrayDeque<>();
  private final List<Asked> asked = new ArrayList<>();

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Answer(int status, byte[] body) {}

  /// One request.
  record Asked(String method, String target, String body, String apiKey, String agent) {}

  FakeNode() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  FakeNode answers(int status, String body) {
    return answers(status, body.getBytes(StandardCharsets.UTF_8));
  }

  synchronized FakeNode answers(int status, byte[] body) {
    answers.add(new Answer(status, body));
    return this;
  }

  synchronized List<Asked> asked() {
    return List.copyOf(asked);
  }

  Asked only() {
    var all = asked();
    if (all.size() != 1) throw new AssertionError("asked " + all);
    return all.getFirst();
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var headers = exchange.getRequestHeaders();
      asked.add(
          new Asked(
              exchange.getRequestMethod(),
              exchange.getRequestURI().toString(),
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
              String.valueOf(headers.getFirst("X-API-Key")),
              String.valueOf(headers.getFirst("X-Agent-Id"))));
      var answer = answers.size() > 1 ? answers.remove() : answers.element();
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.getResponseHeaders().set("Retry-After", "0");
      exchange.sendResponseHeaders(
          answer.status, answer.body.length == 0 ? -1 : answer.body.length);
      if (answer.body.length > 0) exchange.getResponseBody().write(answer.body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
