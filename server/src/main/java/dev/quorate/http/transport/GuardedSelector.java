package dev.quorate.http.transport;

import io.helidon.common.buffers.BufferData;
import io.helidon.http.HttpLogConfig;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.Router;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.http2.Http2Config;
import io.helidon.webserver.http2.Http2ConnectionSelector;
import io.helidon.webserver.http2.Http2Upgrader;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Gives every accepted connection to us before a byte of it is read.
///
/// Helidon asks its selectors what a connection speaks and waits for the first bytes without a
/// deadline, unless there is only one selector; so this is the only one.
final class GuardedSelector implements ServerConnectionSelector {
  private static final int STREAMS_MAX = 256;

  private final Watchdog watchdog;
  private final Router router;
  private final Protocols protocols;
  private final @Nullable TlsOffer tls;

  /// @param tls absent to speak plainly
  GuardedSelector(Watchdog watchdog, Router router, @Nullable TlsOffer tls) {
    this.tls = tls;
    this.watchdog = watchdog;
    this.router = router;
    // Helidon would write the request line into its own log, and an API key with it.
    var silent = HttpLogConfig.builder().receiveLog(false).sendLog(false).build();
    var http2 = http2(watchdog.limits(), silent);
    this.protocols =
        new Protocols(
            Http1ConnectionSelector.builder()
                .config(http1(watchdog.limits(), silent))
                .addUpgrader(new GuardedUpgrade(Http2Upgrader.create(http2)))
                .build(),
            Http2ConnectionSelector.builder().http2Config(http2).build());
  }

  /// What a connection can turn out to speak.
  record Protocols(ServerConnectionSelector http1, ServerConnectionSelector http2) {}

  @Override
  public ServerConnection connection(ConnectionContext context) {
    var engine = tls == null ? null : tls.engine();
    var guard = new Guard(watchdog, context.serverSocket(), context.dataWriter(), engine);
    return new GuardedConnection(new GuardedContext(context, guard, router), protocols);
  }

  @Override
  public int bytesToIdentifyConnection() {
    return 0;
  }

  @Override
  public Support supports(BufferData data) {
    return Support.SUPPORTED;
  }

  @Override
  public Set<String> supportedApplicationProtocols() {
    return Set.of("h2", "http/1.1");
  }

  /// Paths and queries are checked where they are decoded, with an answer that says what is wrong.
  private static Http1Config http1(HttpLimits limits, HttpLogConfig log) {
    return Http1Config.builder()
        .maxPrologueLength(limits.requestLineBytesMax())
        .maxHeadersSize(limits.headerBytesMax())
        .validatePath(false)
        .validatePrologue(false)
        .sendKeepAliveHeader(false)
        .log(log)
        .buildPrototype();
  }

  private static Http2Config http2(HttpLimits limits, HttpLogConfig log) {
    return Http2Config.builder()
        .maxHeaderListSize(limits.headerBytesMax())
        .maxConcurrentStreams(STREAMS_MAX)
        .flowControlTimeout(Duration.ofMillis(limits.sendMillis()))
        .validatePath(false)
        .log(log)
        .buildPrototype();
  }
}
