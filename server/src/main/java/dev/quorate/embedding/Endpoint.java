package dev.quorate.embedding;

import dev.quorate.json.Json;
import dev.quorate.settings.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// An embedding endpoint over HTTP: one POST, one JSON answer, within a deadline and a size.
/// Follows no redirect, for the key would go along. Thread-safe.
final class Endpoint implements AutoCloseable {
  private static final long ANSWER_BYTES_MAX = 64L << 20;
  private static final Duration CONNECT_MAX = Duration.ofSeconds(5);
  private static final int SUCCESS = 200;
  private static final int TIMEOUT = 408;
  private static final int TOO_MANY = 429;
  private static final int SERVER_ERROR = 500;

  private final URI address;
  private final @Nullable Secret apiKey;
  private final Duration deadline;
  private final HttpClient http;

  /// @param deadline of a whole exchange, its last byte included
  Endpoint(URI address, @Nullable Secret apiKey, Duration deadline) {
    this.address = address;
    this.apiKey = apiKey;
    this.deadline = deadline;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT_MAX)
            .build();
  }

  JsonNode post(JsonNode body) throws EmbeddingFailed {
    var request =
        HttpRequest.newBuilder(address)
            .timeout(deadline)
            .header("Content-Type", "application/json")
            .header("Accept", "application/json")
            .POST(BodyPublishers.ofByteArray(Json.utf8(body)));
    if (apiKey != null) request.header("Authorization", "Bearer " + apiKey.text());
    var response = exchange(request.build());
    if (response.statusCode() != SUCCESS) throw refused(response.statusCode());
    try {
      return Json.parse(response.body());
    } catch (JacksonException e) {
      throw EmbeddingFailed.forNow(
          "the embedding endpoint %s answered something that is no JSON".formatted(shown()), e);
    }
  }

  private HttpResponse<byte[]> exchange(HttpRequest request) throws EmbeddingFailed {
    var handler = BodyHandlers.limiting(BodyHandlers.ofByteArray(), ANSWER_BYTES_MAX);
    CompletableFuture<HttpResponse<byte[]>> answer = http.sendAsync(request, handler);
    try {
      // The client's own limit ends with the head of an answer, and a body may drip for ever.
      return answer.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw late(e);
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw EmbeddingFailed.forNow("the embedding was interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof HttpTimeoutException late) throw late(late);
      var cause = e.getCause() instanceof IOException io ? io.getMessage() : null;
      throw EmbeddingFailed.forNow(
          "the embedding endpoint %s cannot be reached: %s"
              .formatted(shown(), cause == null ? "no connection" : cause),
          e);
    }
  }

  private EmbeddingFailed late(Exception cause) {
    return EmbeddingFailed.forNow(
        "the embedding endpoint %s did not answer within %d s"
            .formatted(shown(), deadline.toSeconds()),
        cause);
  }

  private EmbeddingFailed refused(int status) {
    var sentence = "the embedding endpoint %s answered status %d".formatted(shown(), status);
    var forNow = status == TIMEOUT || status == TOO_MANY || status >= SERVER_ERROR;
    return forNow ? EmbeddingFailed.forNow(sentence) : EmbeddingFailed.lasting(sentence);
  }

  /// The address without what may be secret in it.
  private String shown() {
    return address.getScheme() + "://" + address.getHost() + ":" + address.getPort();
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
