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
import java.net.http.HttpTimeoutException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/// Messages over HTTP/1.1, on connections that are kept.
public final class HttpTransport implements Transport {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
  private static final long MILLIS_MAX = Duration.ofDays(1).toMillis();

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
  public Reply exchange(URI target, Map<String, String> headers, byte[] body, long timeoutMillis)
      throws Lost {
    var request = HttpRequest.newBuilder(target).timeout(Duration.ofMillis(timeoutMillis));
    headers.forEach(request::header);
    if (body.length == 0) {
      request.GET();
    } else {
      request.header("content-type", "application/json").POST(BodyPublishers.ofByteArray(body));
    }
    try {
      var response = client.send(request.build(), BodyHandlers.ofByteArray());
      return new Reply(response.statusCode(), response.body(), retryAfter(response));
    } catch (HttpConnectTimeoutException e) {
      throw new Lost("no connection within " + CONNECT_TIMEOUT.toSeconds() + " s", false);
    } catch (HttpTimeoutException e) {
      throw new Lost("no answer within " + timeoutMillis + " ms", true);
    } catch (ConnectException e) {
      throw new Lost("connection refused", false);
    } catch (IOException e) {
      throw new Lost(String.valueOf(e.getMessage()), false);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Lost("this node is stopping", false);
    }
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
