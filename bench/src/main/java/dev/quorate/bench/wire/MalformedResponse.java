package dev.quorate.bench.wire;

import java.io.IOException;

/// What came back is no HTTP/1.1 response that this client can read.
public final class MalformedResponse extends IOException {
  private static final long serialVersionUID = 1L;

  MalformedResponse(String sentence) {
    super(sentence);
  }
}
