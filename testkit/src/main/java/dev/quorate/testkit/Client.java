package dev.quorate.testkit;

import dev.quorate.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Speaks JSON to one node. Paths are below the node's address; headers come in pairs of name and
/// value. Thread-safe.
public final class Client implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final URI address;
  private final HttpClient http;

  public Client(URI address) {
    this.address = address;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();
  }

  public Answer get(String path, String... headers) {
    return send("GET", path, null, headers);
  }

  public Answer delete(String path, String... headers) {
    return send("DELETE", path, null, headers);
  }

  public Answer delete(String path, JsonNode body, String... headers) {
    return send("DELETE", path, Json.utf8(body), headers);
  }

  public Answer post(String path, JsonNode body, String... headers) {
    return send("POST", path, Json.utf8(body), headers);
  }

  /// Posts a body that is JSON text, or is meant not to be.
  public Answer post(String path, String body, String... headers) {
    return send("POST", path, Json.utf8(body), headers);
  }

  public Answer put(String path, JsonNode body, String... headers) {
    return send("PUT", path, Json.utf8(body), headers);
  }

  /// Sends any request. A body without a content type among the headers is sent as JSON.
  ///
  /// @throws UncheckedIOException when the node cannot be reached or breaks off
  public Answer send(String method, String path, byte @Nullable [] body, String... headers) {
    var publisher = body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body);
    var request = HttpRequest.newBuilder(URI.create(address + path)).timeout(TIMEOUT);
    request.method(method, publisher);
    var typed = false;
    for (var i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
      typed |= headers[i].equalsIgnoreCase("content-type");
    }
    if (body != null && !typed) request.header("Content-Type", "application/json");
    try {
      var response = http.send(request.build(), BodyHandlers.ofByteArray());
      return new Answer(response);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for an answer", e);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
