package dev.quorate.cli;

import dev.quorate.settings.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One node, over HTTP. Every failure is a [CommandFailure] in one sentence. Not for `serve`, which
/// should not have to load an HTTP client.
final class Client implements AutoCloseable {
  /// More than a node takes for a request, so that its own answer comes first.
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private static final long ANSWER_BYTES_MAX = 256L << 20;

  private final URI node;
  private final @Nullable Secret apiKey;
  private final @Nullable String agent;
  private final HttpClient http;

  Client(URI node, @Nullable Secret apiKey, @Nullable String agent) {
    this(node, apiKey, agent, null);
  }

  /// A client of one node.
  ///
  /// @param tls whom to trust over https; absent for whom the JDK trusts
  Client(URI node, @Nullable Secret apiKey, @Nullable String agent, @Nullable SSLContext tls) {
    this.node = node;
    this.apiKey = apiKey;
    this.agent = agent;
    var builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(5));
    if (tls != null) builder.sslContext(tls);
    this.http = builder.build();
  }

  /// Asks for something that must be there.
  Reply get(Target target) {
    return send("GET", target, null).orFail();
  }

  /// Sends something that must be taken.
  Reply post(Target target, JsonNode body) {
    return send("POST", target, body.toString().getBytes(StandardCharsets.UTF_8)).orFail();
  }

  Reply delete(Target target) {
    return send("DELETE", target, null).orFail();
  }

  /// Sends a request and returns whatever is answered.
  Reply send(String method, Target target, byte @Nullable [] body) {
    var handler =
        BodyHandlers.limiting(BodyHandlers.ofString(StandardCharsets.UTF_8), ANSWER_BYTES_MAX);
    var response = exchange(request(method, target, body), handler);
    var retryAfter = response.headers().firstValue("Retry-After").orElse("");
    return new Reply(node, response.statusCode(), response.body(), retryAfter);
  }

  /// Asks for something that may be large. The stream must be closed.
  InputStream download(Target target) {
    var response = exchange(request("GET", target, null), BodyHandlers.ofInputStream());
    if (response.statusCode() == 200) return response.body();
    try (var body = response.body()) {
      var text = new String(body.readNBytes(1 << 16), StandardCharsets.UTF_8);
      throw new Reply(node, response.statusCode(), text, "").failure();
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  private <T> HttpResponse<T> exchange(HttpRequest request, BodyHandler<T> handler) {
    try {
      return http.send(request, handler);
    } catch (IOException e) {
      throw unreachable(e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw CommandFailure.failed("interrupted");
    }
  }

  private HttpRequest request(String method, Target target, byte @Nullable [] body) {
    var request = HttpRequest.newBuilder(URI.create(node + target.text())).timeout(PATIENCE);
    request.header("Accept", "application/json");
    try {
      if (apiKey != null) request.header("X-API-Key", apiKey.text());
      if (agent != null) request.header("X-Agent-Id", agent);
    } catch (IllegalArgumentException _) {
      throw CommandFailure.usage("an API key and an agent id are printable ASCII characters");
    }
    if (body == null) return request.method(method, BodyPublishers.noBody()).build();
    request.header("Content-Type", "application/json");
    return request.method(method, BodyPublishers.ofByteArray(body)).build();
  }

  private CommandFailure unreachable(IOException e) {
    return CommandFailure.failed(
        switch (e) {
          case ConnectException _ ->
              "no node answers at %s; is it running? (quorate serve)".formatted(node);
          case HttpTimeoutException _ -> "the node at %s did not answer in time".formatted(node);
          default -> "the connection to %s failed: %s".formatted(node, e.getMessage());
        });
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
