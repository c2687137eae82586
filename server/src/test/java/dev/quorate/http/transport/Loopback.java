package dev.quorate.http.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// A server on a free loopback port, with what it told its observer.
final class Loopback implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(15);

  private final BlockingQueue<Served> served = new LinkedBlockingQueue<>();
  private final HttpServer server;
  private final int port;

  private Loopback(HttpLimits limits, Access access, @Nullable TlsOffer tls, List<Route> routes) {
    this.server =
        new HttpServer(
            "127.0.0.1",
            0,
            limits,
            routes,
            access,
            (route, status, nanos) -> served.add(new Served(route, status, nanos)),
            tls);
    this.port = server.start();
  }

  record Served(@Nullable Route route, int status, long nanos) {}

  static Loopback serving(Route... routes) {
    return serving(Limits.patient(), routes);
  }

  static Loopback serving(Limits limits, Route... routes) {
    return new Loopback(limits.all(), Access.open(), null, List.of(routes));
  }

  static Loopback serving(Access access, Route... routes) {
    return new Loopback(Limits.patient().all(), access, null, List.of(routes));
  }

  static Loopback serving(Limits limits, TlsOffer tls, Route... routes) {
    return new Loopback(limits.all(), Access.open(), tls, List.of(routes));
  }

  /// Answers what it was sent: `POST /echo`.
  static Route echo() {
    return post("/echo", request -> Response.text(200, new String(request.body(), UTF_8)));
  }

  static Route get(String path, Handler handler) {
    return new Route(Method.GET, path, RouteDoc.of(path), handler);
  }

  static Route post(String path, Handler handler) {
    return new Route(Method.POST, path, RouteDoc.of(path), handler);
  }

  int port() {
    return port;
  }

  HttpServer server() {
    return server;
  }

  Wire connect() {
    return Wire.to(port);
  }

  /// The next answer that the observer was told of.
  Served nextServed() throws InterruptedException {
    var next = served.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    if (next == null) throw new AssertionError("nothing was served");
    return next;
  }

  static void await(String what, BooleanSupplier condition) {
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) throw new AssertionError("never happened: " + what);
      Thread.onSpinWait();
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
