package dev.quorate.http.transport;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HttpPrologue;
import io.helidon.http.WritableHeaders;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.spi.Http1Upgrader;
import io.helidon.webserver.spi.ServerConnection;
import org.jspecify.annotations.Nullable;

/// Changes a connection from HTTP/1.1 to HTTP/2 where a request asks for it. One that asks without
/// proper settings is served as HTTP/1.1, where Helidon would answer 500.
final class GuardedUpgrade implements Http1Upgrader {
  private static final HeaderName SETTINGS = HeaderNames.create("HTTP2-Settings");

  private final Http1Upgrader http2;

  GuardedUpgrade(Http1Upgrader http2) {
    this.http2 = http2;
  }

  @Override
  public String supportedProtocol() {
    return http2.supportedProtocol();
  }

  @Override
  public @Nullable ServerConnection upgrade(
      ConnectionContext context, HttpPrologue prologue, WritableHeaders<?> headers) {
    if (!headers.contains(SETTINGS)) return null;
    ServerConnection upgraded;
    try {
      upgraded = http2.upgrade(context, prologue, headers);
    } catch (CloseConnectionException e) {
      throw e;
    } catch (RuntimeException e) {
      // The settings are read before anything is written or changed.
      return null;
    }
    if (upgraded != null) ((GuardedContext) context).guard().multiplex();
    return upgraded;
  }
}
