package dev.quorate.http.transport;

import io.helidon.common.concurrency.limits.Limit;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.spi.ServerConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/// The life of one connection: under watch from the first moment, then HTTP/1.1 or HTTP/2 by what
/// its first bytes say, in the end closed so that the client gets its last answer.
final class GuardedConnection implements ServerConnection {
  private static final System.Logger LOG = System.getLogger(GuardedConnection.class.getName());
  private static final byte[] HTTP2_PREFACE =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final GuardedContext context;
  private final GuardedSelector.Protocols protocols;
  private final Guard guard;

  GuardedConnection(GuardedContext context, GuardedSelector.Protocols protocols) {
    this.context = context;
    this.protocols = protocols;
    this.guard = context.guard();
  }

  @Override
  public void handle(Limit limit) {
    var isAdmitted = guard.watchdog().admit(guard);
    try {
      if (isAdmitted) {
        serve(limit);
      } else {
        guard.refuse();
      }
    } finally {
      guard.end();
      guard.watchdog().dismiss(guard, isAdmitted);
    }
  }

  private void serve(Limit limit) {
    try {
      identify().handle(limit);
      // Helidon returns where it has refused what it could not read.
      if (!guard.isMultiplexed()) guard.linger();
    } catch (CloseConnectionException e) {
      if (guard.hasUnread()) guard.linger();
    } catch (InterruptedException e) {
      // The node goes down, and has waited long enough.
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      // Only what a client does to its own connection gets here; requests have their own log lines.
      LOG.log(System.Logger.Level.DEBUG, () -> "a connection broke off: " + LogText.trace(e));
    }
  }

  /// Our watchdog closes what is idle, so for Helidon's nothing ever is.
  @Override
  public Duration idleTime() {
    return Duration.ZERO;
  }

  /// Without force there is nothing to do: the watchdog has been told that the node goes down.
  @Override
  public void close(boolean interrupt) {
    if (interrupt) guard.close();
  }

  private ServerConnection identify() {
    var reader = guard.reader();
    reader.ensureAvailable();
    while (true) {
      var start = new byte[Math.min(reader.available(), HTTP2_PREFACE.length)];
      reader.getBuffer(start.length).read(start);
      var difference = Arrays.mismatch(start, HTTP2_PREFACE);
      if (difference < 0) {
        guard.multiplex();
        return protocols.http2().connection(context);
      }
      if (difference < start.length) {
        guard.speaksHttp1();
        return protocols.http1().connection(context);
      }
      reader.pullData();
    }
  }
}
