package dev.quorate.webhooks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/// A server on a loopback port that answers every request with the same bytes, HTTP or not, and
/// ends the connection. Thread-safe.
final class RawServer implements AutoCloseable {
  private final String end;
  private final ServerSocket socket;
  private final Thread thread;
  private final AtomicInteger connections = new AtomicInteger();
  private volatile String answer = "";

  /// @param end how each request ends
  RawServer(String end) {
    this.end = end;
    try {
      socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    thread = Thread.ofVirtual().start(this::serve);
  }

  int port() {
    return socket.getLocalPort();
  }

  void answer(String bytes) {
    answer = bytes;
  }

  int connections() {
    return connections.get();
  }

  private void serve() {
    while (!socket.isClosed()) {
      try (var connection = socket.accept()) {
        connections.incrementAndGet();
        answer(connection);
      } catch (IOException _) {
        // A client that goes away is no matter; a closed socket ends the loop.
      }
    }
  }

  private void answer(Socket connection) throws IOException {
    var request = new ByteArrayOutputStream();
    var in = connection.getInputStream();
    while (!request.toString(StandardCharsets.UTF_8).endsWith(end)) {
      var next = in.read();
      if (next < 0) return;
      request.write(next);
    }
    connection.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() throws IOException {
    socket.close();
    try {
      // Only then nobody can connect any more.
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
