package dev.quorate.federation;

import java.net.URI;
import java.util.Map;

/// How messages reach peers. Thread-safe.
public interface Transport extends AutoCloseable {
  /// Sends one request and waits for its answer, whatever its status.
  ///
  /// @param body absent bytes (length 0) make it a GET
  /// @throws Lost when there is no answer
  Reply exchange(URI target, Map<String, String> headers, byte[] body, long timeoutMillis)
      throws Lost;

  @Override
  void close();

  /// An answer.
  final class Reply {
    private final int status;
    private final byte[] body;
    private final long retryAfterMillis;

    /// @param retryAfterMillis how long the peer asks to wait, 0 when it does not say
    public Reply(int status, byte[] body, long retryAfterMillis) {
      this.status = status;
      this.body = body;
      this.retryAfterMillis = retryAfterMillis;
    }

    public int status() {
      return status;
    }

    /// Not to be changed.
    public byte[] body() {
      return body;
    }

    public long retryAfterMillis() {
      return retryAfterMillis;
    }
  }

  /// No answer came.
  final class Lost extends Exception {
    private static final long serialVersionUID = 1L;

    private final String why;
    private final boolean timedOut;

    public Lost(String why, boolean timedOut) {
      super(why, null, false, false);
      this.why = why;
      this.timedOut = timedOut;
    }

    public String why() {
      return why;
    }

    /// Whether the time was over, rather than no connection to be had.
    public boolean timedOut() {
      return timedOut;
    }
  }
}
