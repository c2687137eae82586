package dev.quorate.localmesh;

import dev.quorate.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Speaks JSON to nodes, any of which may be gone at any moment. Thread-safe.
public final class NodeCalls implements AutoCloseable {
  /// More than a write waits for its quorum.
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final String AGENT = "ai:demo";

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();

  /// What a node answered.
  public record Answer(int status, String text) {
    public boolean ok() {
      return status >= 200 && status < 300;
    }

    /// The body, an empty object if it is not JSON.
    public JsonNode json() {
      try {
        return Json.parse(text);
      } catch (RuntimeException _) {
        return Json.object();
      }
    }
  }

  /// Asks a node; empty if it does not answer.
  public Optional<Answer> get(URI node, String path) {
    return send(node, "GET", path, null, "");
  }

  /// Sends a change; empty if the node does not answer, so that nobody knows what became of it.
  ///
  /// @param token of an earlier write that the node has to know; empty for none
  public Optional<Answer> send(
      URI node, String method, String path, @Nullable JsonNode body, String token) {
    var publisher =
        body == null
            ? BodyPublishers.noBody()
            : BodyPublishers.ofString(body.toString(), StandardCharsets.UTF_8);
    var request =
        HttpRequest.newBuilder(URI.create(node + path))
            .timeout(PATIENCE)
            .header("X-Agent-Id", AGENT)
            .method(method, publisher);
    if (body != null) request.header("Content-Type", "application/json");
    if (!token.isEmpty()) request.header("Quorate-Token", token);
    try {
      var response = http.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
      return Optional.of(new Answer(response.statusCode(), response.body()));
    } catch (IOException _) {
      return Optional.empty();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
