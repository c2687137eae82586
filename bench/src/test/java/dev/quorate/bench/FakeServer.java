package dev.quorate.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// An HTTP server on loopback whose answers a test decides, byte by byte where it likes. It keeps
/// the requests it got.
public final class FakeServer implements AutoCloseable {
  private final ServerSocket server;
  private final Handler handler;
  private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();

  /// What one request gets: the whole response as text, head included. An empty one closes the
  /// connection instead.
  public interface Handler {
    String answer(Request request) throws InterruptedException;
  }

  /// A request as it came; `head` is everything before the blank line.
  public record Request(String method, String target, String head, String body) {}

  public FakeServer(Handler handler) {
    this.handler = handler;
    try {
      server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  /// A JSON response with its length.
  public static String json(int status, String body) {
    var length = body.getBytes(StandardCharsets.UTF_8).length;
    return "HTTP/1.1 %d Any\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
        .formatted(status, length, body);
  }

  public String url() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  public int port() {
    return server.getLocalPort();
  }

  public List<Request> requests() {
    return requests;
  }

  /// Requests whose target begins so.
  public List<Request> requests(String targetStart) {
    return requests.stream().filter(request -> request.target().startsWith(targetStart)).toList();
  }

  /// How many connections were made so far.
  public int connections() {
    return connections.get();
  }

  @Override
  public void close() {
    try {
      server.close();
      for (var socket : sockets) socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        var socket = server.accept();
        sockets.add(socket);
        connections.incrementAndGet();
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (SocketException _) {
        return;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      var in = new BufferedInputStream(socket.getInputStream());
      for (var head = head(in); !head.isEmpty(); head = head(in)) {
        var words = head.split(" ", 3);
        var body = new String(in.readNBytes(contentLength(head)), StandardCharsets.UTF_8);
        var request = new Request(words[0], words[1], head, body);
        requests.add(request);
        var answer = handler.answer(request);
        if (answer.isEmpty()) return;
        socket.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
        if (answer.contains("Connection: close")) return;
      }
    } catch (IOException | InterruptedException _) {
      // The client has gone, or the test has ended.
    }
  }

  private static String head(InputStream in) throws IOException {
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      var next = in.read();
      if (next < 0) return "";
      head.append((char) next);
    }
    return head.substring(0, head.length() - 4);
  }

  private static int contentLength(String head) {
    for (var line : head.split("\r\n", -1)) {
      if (line.startsWith("Content-Length: ")) return Integer.parseInt(line.substring(16));
    }
    return 0;
  }
}
