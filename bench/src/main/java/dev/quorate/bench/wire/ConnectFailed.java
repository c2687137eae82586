package dev.quorate.bench.wire;

import java.io.IOException;

/// No connection to the server came about.
public final class ConnectFailed extends IOException {
  private static final long serialVersionUID = 1L;

  ConnectFailed(Endpoint endpoint, IOException cause) {
    super("cannot connect to " + endpoint + ": " + cause.getMessage(), cause);
  }
}
