package dev.quorate.acceptance;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.quorate.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/// An embedding endpoint on loopback that remembers the texts it made vectors of, and can answer
/// badly. Thread-safe.
final class FakeModel implements AutoCloseable {
  /// What is asked for to see whether it answers, which is no text of a memory.
  private static final String PROBE = "ready?";

  private final List<String> texts = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final HttpServer server;
  private volatile Mood mood = Mood.WELL;
  private volatile int dimension = 3;
  private volatile String missing = "";

  /// How it answers.
  enum Mood {
    WELL,
    NOT_A_NUMBER,
    TOO_FEW,
    HTML,
    NOTHING,
    SLOWLY,
    NEVER
  }

  FakeModel() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/v1/embeddings", this::answer);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  String url() {
    return "http://127.0.0.1:%d/v1".formatted(server.getAddress().getPort());
  }

  /// The settings of a node that uses it, as variables.
  Map<String, String> environment() {
    return Map.of(
        "QUORATE_EMBEDDING_EMBEDDER",
        "openai",
        "QUORATE_EMBEDDING_URL",
        url(),
        "QUORATE_EMBEDDING_MODEL",
        "fake",
        "QUORATE_EMBEDDING_ABSENT_SECS",
        "2");
  }

  void mood(Mood next) {
    mood = next;
  }

  /// From now on it is a model with vectors of so many values, behind the same name.
  void dimension(int next) {
    dimension = next;
  }

  /// From now on it answers 503 to whoever asks for the model of this name; for nobody's, empty.
  void without(String model) {
    missing = model;
  }

  /// The texts of memories of which it made vectors.
  List<String> texts() {
    return List.copyOf(texts);
  }

  private void answer(HttpExchange exchange) throws IOException {
    var now = mood;
    try (exchange) {
      var asked = Json.parse(exchange.getRequestBody().readAllBytes());
      if (asked.path("model").asString("").equals(missing)) {
        exchange.sendResponseHeaders(503, -1);
        return;
      }
      var input = asked.path("input");
      switch (now) {
        case NEVER -> pause(TimeUnit.HOURS.toMillis(1));
        case SLOWLY -> pause(300);
        case WELL, NOT_A_NUMBER, TOO_FEW, HTML, NOTHING -> {
          // At once.
        }
      }
      var body =
          switch (now) {
            case HTML -> "<html><body>It works!</body></html>";
            case NOTHING -> "";
            case WELL, NOT_A_NUMBER, TOO_FEW, SLOWLY, NEVER -> vectors(input, now);
          };
      if (now == Mood.WELL || now == Mood.SLOWLY) {
        for (var text : input) if (!text.asString().equals(PROBE)) texts.add(text.asString());
      }
      var bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private String vectors(JsonNode input, Mood mood) {
    var values = dimension;
    var answer = Json.object();
    var data = answer.putArray("data");
    for (var i = mood == Mood.TOO_FEW ? 1 : 0; i < input.size(); i++) {
      var entry = data.addObject().put("index", i);
      var vector = entry.putArray("embedding");
      for (var j = 0; j < values; j++) vector.add(1 + input.get(i).asString().length() % (j + 7));
    }
    var text = answer.toString();
    return mood == Mood.NOT_A_NUMBER ? text.replaceAll("\\[[0-9,.]+]", "[NaN,1,2]") : text;
  }

  private void pause(long millis) throws IOException {
    try {
      if (closed.await(millis, TimeUnit.MILLISECONDS)) throw new IOException("closed");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
  }
}
