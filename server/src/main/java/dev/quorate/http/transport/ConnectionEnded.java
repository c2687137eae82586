package dev.quorate.http.transport;

import io.helidon.webserver.CloseConnectionException;

/// Tells Helidon that a connection is over, for whatever reason. An expected outcome, so it carries
/// no stack trace.
final class ConnectionEnded extends CloseConnectionException {
  private static final long serialVersionUID = 1L;

  ConnectionEnded(String reason) {
    super(reason);
  }

  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
