package dev.quorate.embedding;

import dev.quorate.json.Json;
import dev.quorate.settings.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// An embedding endpoint over HTTP: one POST, one JSON answer, within a deadline and the size that
/// the vectors of its texts can have. Follows no redirect, for the key would go along. Thread-safe.
final class Endpoint implements AutoCloseable {
  /// A value with 17 digits, a sign and an exponent, and the comma and space after it.
  private static final int VALUE_BYTES_MAX = 25;

  /// For what an answer says besides the values.
  private static final int ROOM_BYTES = 64 << 10;

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

  /// The longest answer that is read, as a tree of it is many times as large.
  static long answerBytesMax(int texts) {
    return ROOM_BYTES + (long) texts * Vector.DIMENSION_MAX * VALUE_BYTES_MAX;
  }

  /// @param texts how many vectors are asked for
  JsonNode post(JsonNode body, int texts) throws EmbeddingFailed {
    var request =
        HttpRequest.newBuilder(address)
            .timeout(deadline)
            .header("Content-Type", "application/json")
            .header("Accept", "application/json")
            .POST(BodyPublishers.ofByteArray(Json.utf8(body)));
    if (apiKey != null) request.header("Authorization", "Bearer " + apiKey.text());
    var response = exchange(request.build(), texts);
    if (response.statusCode() != SUCCESS) throw refused(response.statusCode());
    try {
      return Json.parse(response.body());
    } catch (JacksonException e) {
      throw EmbeddingFailed.forNow(
          "the embedding endpoint %s answered something that is no JSON".formatted(shown()), e);
    }
  }

  private HttpResponse<byte[]> exchange(HttpRequest request, int texts) throws EmbeddingFailed {
    var bytesMax = answerBytesMax(texts);
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(request, head -> new BoundedBody(head.statusCode(), bytesMax));
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
      if (e.getCause() instanceof BoundedBody.TooLong tooLong) {
        if (tooLong.status() != SUCCESS) throw refused(tooLong.status());
        throw EmbeddingFailed.forNow(
            "the embedding endpoint %s answered more than %d bytes for %d texts"
                .formatted(shown(), bytesMax, texts),
            e);
      }
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
