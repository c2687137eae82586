package dev.quorate.bench.wire;

import dev.quorate.bench.text.Ascii;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// One keep-alive connection to a server, opened by the first request and again after a failure or
/// where the server asked for it. Used by one thread at a time; only [#abortIfSince] and [#close]
/// may come from others.
public final class Connection implements Closeable {
  private static final int CONNECT_TIMEOUT_MILLIS = 5_000;
  private static final long IDLE = Long.MIN_VALUE;

  private final Endpoint endpoint;
  private final byte[] headers;
  private final Ascii out = new Ascii(2_048);
  private volatile @Nullable Open open;
  private volatile long busySinceNanos = IDLE;
  private volatile boolean timedOut;
  private volatile boolean closed;

  private record Open(Socket socket, OutputStream out, ResponseReader reader) {}

  public Connection(Endpoint endpoint, @Nullable String apiKey) {
    this.endpoint = endpoint;
    var key = apiKey == null ? "" : "X-API-Key: " + apiKey + "\r\n";
    headers =
        new Ascii(128)
            .append(" HTTP/1.1\r\nHost: " + endpoint.authority() + "\r\n" + key)
            .toString()
            .getBytes(StandardCharsets.US_ASCII);
  }

  public Endpoint endpoint() {
    return endpoint;
  }

  /// Sends one request and waits for its answer, which is valid until the next call. Never sends a
  /// request twice. After any exception the next call opens a new connection.
  public Response exchange(Call call) throws IOException {
    busySinceNanos = System.nanoTime();
    timedOut = false;
    try {
      var stream = opened();
      compose(call);
      stream.out().write(out.bytes(), 0, out.length());
      var response = stream.reader().read();
      if (!response.keepsAlive) disconnect();
      return response;
    } catch (IOException e) {
      disconnect();
      if (timedOut) throw new TimedOut(endpoint, e);
      throw e;
    } finally {
      busySinceNanos = IDLE;
    }
  }

  /// Cuts off a request that has been waiting since before a moment of `System.nanoTime()`: the
  /// thread that waits for it gets [TimedOut].
  public void abortIfSince(long nanos) {
    var since = busySinceNanos;
    if (since != IDLE && since - nanos < 0) {
      timedOut = true;
      disconnect();
    }
  }

  /// Ends the connection and any request that is waiting on it, for good.
  @Override
  public void close() {
    closed = true;
    disconnect();
  }

  private Open opened() throws IOException {
    var current = open;
    if (current != null) return current;
    var socket = new Socket();
    try {
      // The socket has no read timeout, because with one each read costs two more system calls.
      socket.setTcpNoDelay(true);
      socket.connect(
          new InetSocketAddress(endpoint.address(), endpoint.port()), CONNECT_TIMEOUT_MILLIS);
    } catch (IOException e) {
      socket.close();
      throw new ConnectFailed(endpoint, e);
    }
    current =
        new Open(socket, socket.getOutputStream(), new ResponseReader(socket.getInputStream()));
    open = current;
    // Whoever closed this meanwhile has not seen the new socket.
    if (closed) disconnect();
    return current;
  }

  private void compose(Call call) {
    out.clear().append(call.isPost() ? "POST " : "GET ").append(call.target()).append(headers);
    if (call.isPost()) {
      out.append("Content-Type: application/json\r\nContent-Length: ");
      out.append(call.body().length()).append("\r\n\r\n").append(call.body());
    } else {
      out.append("\r\n");
    }
  }

  private void disconnect() {
    var current = open;
    open = null;
    if (current == null) return;
    try {
      current.socket().close();
    } catch (IOException _) {
      // It is of no more use either way.
    }
  }
}
