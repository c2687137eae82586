package dev.quorate.http.transport;

import dev.quorate.failure.NodeFailure;
import io.helidon.common.socket.SocketOptions;
import io.helidon.webserver.WebServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Serves routes over HTTP/1.1 and HTTP/2, with TLS or plainly. Starts once and closes once;
/// thread-safe in between.
public final class HttpServer implements AutoCloseable {
  private static final int STREAM_BUFFER_BYTES = 16 << 10;

  /// Connections beyond the limit that may be told so at the same time.
  private static final int REFUSALS_MAX = 64;

  private final String host;
  private final int port;
  private final Watchdog watchdog;
  private final WebServer server;

  /// Without TLS.
  public HttpServer(
      String host,
      int port,
      HttpLimits limits,
      List<Route> routes,
      Access access,
      Observer observer) {
    this(host, port, limits, routes, access, observer, null);
  }

  /// A server that does not run yet.
  ///
  /// @param host name or address to listen on
  /// @param port 0 for any free one
  /// @param tls absent to serve plainly
  public HttpServer(
      String host,
      int port,
      HttpLimits limits,
      List<Route> routes,
      Access access,
      Observer observer,
      @Nullable TlsOffer tls) {
    this.host = host;
    this.port = port;
    this.watchdog = new Watchdog(limits);
    var router = new SoleRouter(new Dispatcher(limits, routes, access, observer));
    this.server =
        WebServer.builder()
            .bindAddress(new InetSocketAddress(host, port))
            .connectionOptions(SocketOptions.builder().tcpNoDelay(true).build())
            .maxTcpConnections(limits.connectionsMax() + REFUSALS_MAX)
            .maxPayloadSize(limits.bodyBytesMax())
            .writeBufferSize(STREAM_BUFFER_BYTES)
            .shutdownGracePeriod(Duration.ofMillis(limits.graceMillis()))
            .shutdownHook(false)
            .protocolsDiscoverServices(false)
            .featuresDiscoverServices(false)
            .addConnectionSelector(new GuardedSelector(watchdog, router, tls))
            .directHandlers(new TransportRefusals(limits, observer).forAllEvents())
            .build();
  }

  /// Starts to accept connections.
  ///
  /// @return the port
  /// @throws NodeFailure if the address cannot be listened on
  public int start() {
    checkAddress();
    server.start();
    if (!server.isRunning()) throw failure("the web server did not start", null);
    watchdog.start();
    return server.port();
  }

  /// Stops accepting, closes idle connections, lets requests under way finish for the grace period,
  /// then ends them. Returns when no connection is left.
  @Override
  public void close() {
    watchdog.stop();
    server.stop();
    watchdog.close();
  }

  /// Helidon only logs why it cannot listen, so the address is tried first.
  private void checkAddress() {
    var address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) throw failure("unknown host", null);
    try (var probe = ServerSocketChannel.open()) {
      probe.bind(address);
    } catch (IOException e) {
      throw failure(String.valueOf(e.getMessage()), e);
    }
  }

  private NodeFailure failure(String reason, @Nullable Throwable cause) {
    return new NodeFailure("cannot listen on " + host + ":" + port + ": " + reason, cause);
  }
}
