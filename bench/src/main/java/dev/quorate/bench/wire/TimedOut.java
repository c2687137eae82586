package dev.quorate.bench.wire;

import java.io.IOException;

/// No complete answer came within the time allowed.
public final class TimedOut extends IOException {
  private static final long serialVersionUID = 1L;

  TimedOut(Endpoint endpoint, IOException cause) {
    super(endpoint + " did not answer in time", cause);
  }
}
