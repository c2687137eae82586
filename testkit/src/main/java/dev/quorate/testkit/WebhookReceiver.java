package dev.quorate.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.quorate.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import tools.jackson.databind.JsonNode;

/// A subscriber to webhooks on a loopback port, which keeps what it is sent and answers well or
/// badly. Thread-safe.
public final class WebhookReceiver implements AutoCloseable {
  private final String scheme;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final Queue<Manner> manners = new ConcurrentLinkedQueue<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  /// How a message is answered.
  public enum Manner {
    ACK,
    /// Status 500.
    ERROR,
    /// Status 200 and a web page.
    HTML,
    /// An acknowledgement of another message.
    WRONG_ACK,
    /// Never.
    HANG,
    /// A body without end.
    ENDLESS,
    /// A redirect to `/redirected` of this receiver.
    REDIRECT
  }

  /// One message.
  public record Received(String path, String timestamp, String id, String signature, String body) {
    public JsonNode json() {
      return Json.parse(body);
    }
  }

  public WebhookReceiver() {
    this("http", HttpServer::create);
  }

  /// One that speaks TLS.
  ///
  /// @param tls with its certificate and key
  public WebhookReceiver(SSLContext tls) {
    this(
        "https",
        (address, backlog) -> {
          var server = HttpsServer.create(address, backlog);
          server.setHttpsConfigurator(new HttpsConfigurator(tls));
          return server;
        });
  }

  private interface Making {
    HttpServer make(InetSocketAddress address, int backlog) throws IOException;
  }

  private WebhookReceiver(String scheme, Making making) {
    this.scheme = scheme;
    try {
      server = making.make(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::take);
    server.setExecutor(threads);
    server.start();
  }

  /// Answers the next messages in these manners, and those after them with an acknowledgement.
  public void answer(Manner... next) {
    manners.addAll(Arrays.asList(next));
  }

  /// Where it is reached, by the name of the host.
  public String url(String host) {
    return "%s://%s:%d/hook".formatted(scheme, host, server.getAddress().getPort());
  }

  public String url() {
    return url("127.0.0.1");
  }

  /// The messages so far, in the order of their arrival.
  public List<Received> received() {
    return List.copyOf(received);
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      var headers = exchange.getRequestHeaders();
      var message =
          new Received(
              exchange.getRequestURI().getPath(),
              String.valueOf(headers.getFirst("x-ai-memory-timestamp")),
              String.valueOf(headers.getFirst("x-ai-memory-correlation-id")),
              String.valueOf(headers.getFirst("x-ai-memory-signature")),
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      var next = manners.poll();
      received.add(message);
      switch (next == null ? Manner.ACK : next) {
        case ACK -> send(exchange, 200, acknowledgement(message.id()));
        case ERROR -> send(exchange, 500, "broken");
        case HTML -> send(exchange, 200, "<html><body>Welcome</body></html>");
        case WRONG_ACK -> send(exchange, 200, acknowledgement("another"));
        case HANG -> closed.await();
        case ENDLESS -> endless(exchange);
        case REDIRECT -> {
          exchange.getResponseHeaders().set("Location", "/redirected");
          send(exchange, 307, "");
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static String acknowledgement(String id) {
    return Json.text(Json.object().put("status", "ack").put("correlation_id", id));
  }

  private static void send(HttpExchange exchange, int status, String text) throws IOException {
    var body = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  private static void endless(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    var page = new byte[8_192];
    Arrays.fill(page, (byte) ' ');
    while (true) exchange.getResponseBody().write(page);
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
