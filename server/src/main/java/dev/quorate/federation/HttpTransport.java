package dev.quorate.federation;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// Messages over HTTP/1.1, on connections that are kept.
public final class HttpTransport implements Transport {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
  private static final long MILLIS_MAX = Duration.ofDays(1).toMillis();

  /// Bytes of an answer, several times those of the largest page: what is longer is none of ours,
  /// and must not fill the memory.
  static final int ANSWER_BYTES_MAX = 8 << 20;

  private final HttpClient client;
  private final InstantSource wallClock;

  /// @param tls what proves peers and this node, absent for what the platform trusts
  public HttpTransport(Optional<SSLContext> tls, InstantSource wallClock) {
    var builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT_TIMEOUT)
            .executor(Executors.newVirtualThreadPerTaskExecutor());
    tls.ifPresent(builder::sslContext);
    this.client = builder.build();
    this.wallClock = wallClock;
  }

  @Override
  public Reply exchange(URI target, Map<String, String> headers, byte[] message, long timeoutMillis)
      throws Lost {
    var request = HttpRequest.newBuilder(target);
    headers.forEach(request::header);
    if (message.length == 0) {
      request.GET();
    } else {
      request.header("content-type", "application/json").POST(BodyPublishers.ofByteArray(message));
    }
    var body = BodyHandlers.limiting(BodyHandlers.ofByteArray(), ANSWER_BYTES_MAX);
    var answer = client.sendAsync(request.build(), body);
    try {
      // The client's own timeout would end with the headers of an answer, and not with its body.
      var response = answer.get(timeoutMillis, TimeUnit.MILLISECONDS);
      return new Reply(response.statusCode(), response.body(), retryAfter(response));
    } catch (TimeoutException _) {
      answer.cancel(true);
      throw new Lost("no answer within " + timeoutMillis + " ms", true);
    } catch (ExecutionException e) {
      throw lost(e.getCause());
    } catch (InterruptedException _) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new Lost("this node is stopping", false);
    }
  }

  private static Lost lost(@Nullable Throwable cause) {
    return switch (cause) {
      case HttpConnectTimeoutException _ ->
          new Lost("no connection within " + CONNECT_TIMEOUT.toSeconds() + " s", false);
      case ConnectException _ -> new Lost("connection refused", false);
      case IOException e -> new Lost(String.valueOf(e.getMessage()), false);
      case null, default -> throw new IllegalStateException("a request failed", cause);
    };
  }

  /// Seconds to wait, or the time until which, in either header that peers use.
  private long retryAfter(HttpResponse<byte[]> response) {
    var reset = response.headers().firstValue("x-quota-reset-at");
    if (reset.isPresent()) {
      try {
        return bounded(
            Instant.parse(reset.get().replace("+00:00", "Z")).toEpochMilli() - wallClock.millis());
      } catch (DateTimeException _) {
        // Answered as if it were not there.
      }
    }
    try {
      return response
          .headers()
          .firstValue("retry-after")
          .map(text -> bounded(Long.parseLong(text) * 1_000))
          .orElse(0L);
    } catch (NumberFormatException _) {
      return 0;
    }
  }

  private static long bounded(long millis) {
    return Math.clamp(millis, 0, MILLIS_MAX);
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
