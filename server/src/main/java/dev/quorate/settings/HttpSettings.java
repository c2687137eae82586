package dev.quorate.settings;

import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Table `[http]`: where the node listens, who may use it, and how long it waits for whom.
///
/// @param host a name or address of this machine, an IPv6 address with or without brackets
/// @param port 0 lets the system choose a free one
/// @param apiKey what a client must present; absent for none, or when the key file alone decides
/// @param requestTimeoutSecs how long a request may take as a whole
/// @param receiveTimeoutSecs how long a client may take to send one
/// @param idleTimeoutSecs how long a connection may stay without a request
/// @param requestsMax requests under way at once; more are answered 503
/// @param listenersMax requests that may wait for changes at once, event streams included; more are
///   answered 503
/// @param shutdownGraceSecs how long requests under way may go on after a stop was asked for
public record HttpSettings(
    String host,
    int port,
    @Nullable Secret apiKey,
    int requestTimeoutSecs,
    int receiveTimeoutSecs,
    int idleTimeoutSecs,
    int requestsMax,
    int listenersMax,
    int shutdownGraceSecs) {

  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "::1", "localhost", "[::1]");
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._:%\\[\\]-]{1,255}");

  public static final HttpSettings DEFAULT =
      new HttpSettings("127.0.0.1", 7867, null, 60, 30, 300, 1_024, 64, 30);

  public HttpSettings {
    if (!HOST.matcher(host).matches()) {
      throw new InvalidSetting(
          "http.host", "http.host must be a host name or an address: '%s'".formatted(host));
    }
    Range.check("http.port", port, 0, 65_535);
    if (apiKey != null) ApiKeyRule.check("http.api-key", apiKey);
    Range.check("http.request-timeout-secs", requestTimeoutSecs, 1, 3_600);
    Range.check("http.receive-timeout-secs", receiveTimeoutSecs, 1, 3_600);
    Range.check("http.idle-timeout-secs", idleTimeoutSecs, 1, 86_400);
    Range.check("http.requests-max", requestsMax, 1, 100_000);
    Range.check("http.listeners-max", listenersMax, 0, 10_000);
    Range.check("http.shutdown-grace-secs", shutdownGraceSecs, 1, 3_600);
  }

  /// Whether only programs on this machine can connect. Exactly four spellings count, so that
  /// nothing that merely looks local is let through.
  public boolean isLoopback() {
    return isLoopback(host);
  }

  static boolean isLoopback(String host) {
    return LOOPBACK.contains(host);
  }

  public HttpSettings withPort(int newPort) {
    return new HttpSettings(
        host,
        newPort,
        apiKey,
        requestTimeoutSecs,
        receiveTimeoutSecs,
        idleTimeoutSecs,
        requestsMax,
        listenersMax,
        shutdownGraceSecs);
  }

  public HttpSettings withApiKey(@Nullable Secret newApiKey) {
    return new HttpSettings(
        host,
        port,
        newApiKey,
        requestTimeoutSecs,
        receiveTimeoutSecs,
        idleTimeoutSecs,
        requestsMax,
        listenersMax,
        shutdownGraceSecs);
  }

  public HttpSettings withListenersMax(int newListenersMax) {
    return new HttpSettings(
        host,
        port,
        apiKey,
        requestTimeoutSecs,
        receiveTimeoutSecs,
        idleTimeoutSecs,
        requestsMax,
        newListenersMax,
        shutdownGraceSecs);
  }

  static HttpSettings of(Values values) {
    var key = values.text(Key.HTTP_API_KEY);
    return new HttpSettings(
        values.text(Key.HTTP_HOST, DEFAULT.host),
        values.integer(Key.HTTP_PORT, DEFAULT.port),
        key == null ? null : new Secret(key),
        values.integer(Key.HTTP_REQUEST_TIMEOUT_SECS, DEFAULT.requestTimeoutSecs),
        values.integer(Key.HTTP_RECEIVE_TIMEOUT_SECS, DEFAULT.receiveTimeoutSecs),
        values.integer(Key.HTTP_IDLE_TIMEOUT_SECS, DEFAULT.idleTimeoutSecs),
        values.integer(Key.HTTP_REQUESTS_MAX, DEFAULT.requestsMax),
        values.integer(Key.HTTP_LISTENERS_MAX, DEFAULT.listenersMax),
        values.integer(Key.HTTP_SHUTDOWN_GRACE_SECS, DEFAULT.shutdownGraceSecs));
  }
}
