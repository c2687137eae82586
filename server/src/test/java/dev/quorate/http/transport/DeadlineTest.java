package dev.quorate.http.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/// However a client or a handler wastes time, it is cut off by a deadline of ours.
class DeadlineTest {
  private static final String LATE = "request was not received within 400 ms";

  @Test
  void aClientThatDripsHeadersIsCutOff() {
    try (var server = Loopback.serving(Limits.patient().receiveMillis(400), Loopback.echo());
        var wire = server.connect()) {
      var began = System.nanoTime();
      drip(wire, "POST /echo HTTP/1.1\r\nX: " + "x".repeat(10_000));
      assertThat(millisSince(began)).isBetween(400L, 5_000L);
      assertLate(wire);
    }
  }

  @Test
  void aClientThatStallsInItsHeadersIsCutOff() {
    try (var server = Loopback.serving(Limits.patient().receiveMillis(400), Loopback.echo());
        var wire = server.connect()) {
      wire.send("POST /echo HTTP/1.1\r\nHost: a\r\n");
      assertLate(wire);
    }
  }

  @Test
  void aClientThatDripsItsBodyIsCutOff() {
    try (var server = Loopback.serving(Limits.patient().receiveMillis(400), Loopback.echo());
        var wire = server.connect()) {
      wire.send(Wire.head("POST", "/echo", "Content-Length: 10000") + "\r\n");
      drip(wire, "x".repeat(10_000));
      assertLate(wire);
    }
  }

  @Test
  void aClientThatDripsChunksIsCutOff() {
    try (var server = Loopback.serving(Limits.patient().receiveMillis(400), Loopback.echo());
        var wire = server.connect()) {
      wire.send(Wire.head("POST", "/echo", "Transfer-Encoding: chunked") + "\r\n");
      drip(wire, "1\r\nx\r\n".repeat(10_000));
      assertLate(wire);
    }
  }

  @Test
  void aClientThatDripsAnUnwantedBodyIsCutOff() {
    try (var server = Loopback.serving(Limits.patient().receiveMillis(1_500), Loopback.echo());
        var wire = server.connect()) {
      wire.send(Wire.head("POST", "/missing", "Content-Length: 10000") + "\r\n");
      assertThat(wire.answer().status()).isEqualTo(404);
      drip(wire, "x".repeat(10_000));
      assertThat(wire.untilClosed()).isEmpty();
    }
  }

  @Test
  void theDeadlineIsOfTheWholeRequestAndNotOfTheConnection() {
    try (var server = Loopback.serving(Limits.patient().receiveMillis(1_500), Loopback.echo());
        var wire = server.connect()) {
      var began = System.nanoTime();
      while (millisSince(began) < 2_000) {
        assertThat(wire.post("/echo", "again").answer().text()).isEqualTo("again");
      }
    }
  }

  @Test
  void aPipelinedPartOfARequestHasTheDeadlineOfARequest() {
    try (var server = Loopback.serving(Limits.patient().receiveMillis(400), Loopback.echo());
        var wire = server.connect()) {
      wire.send(
          Wire.head("POST", "/echo", "Content-Length: 2") + "\r\nhiPOST /echo HTTP/1.1\r\nHost:");
      assertThat(wire.answer().text()).isEqualTo("hi");
      assertLate(wire);
    }
  }

  @Test
  void aConnectionWithoutARequestIsClosed() {
    try (var server = Loopback.serving(Limits.patient().idleMillis(300), Loopback.echo());
        var wire = server.connect()) {
      assertThat(wire.untilClosed()).isEmpty();
    }
  }

  @Test
  void aConnectionThatWasUsedIsClosedWhenIdle() {
    try (var server = Loopback.serving(Limits.patient().idleMillis(300), Loopback.echo());
        var wire = server.connect()) {
      assertThat(wire.post("/echo", "hi").answer().text()).isEqualTo("hi");
      assertThat(wire.untilClosed()).isEmpty();
    }
  }

  @Test
  void aHandlerMayTakeLongerThanAConnectionMayIdle() {
    var slow =
        Loopback.get(
            "/slow",
            _ -> {
              LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(600));
              return Response.text(200, "done");
            });
    try (var server = Loopback.serving(Limits.patient().idleMillis(200).receiveMillis(200), slow);
        var wire = server.connect()) {
      assertThat(wire.get("/slow").answer().text()).isEqualTo("done");
    }
  }

  @Test
  void aClientThatDoesNotReadIsCutOff() throws InterruptedException {
    var broken = new CountDownLatch(1);
    var endless =
        Loopback.get(
            "/endless",
            _ ->
                Response.stream(
                    200,
                    "application/octet-stream",
                    out -> {
                      try {
                        while (true) out.write(new byte[65_536]);
                      } finally {
                        broken.countDown();
                      }
                    }));
    try (var server = Loopback.serving(Limits.patient().sendMillis(300), endless);
        var wire = server.connect()) {
      wire.get("/endless");
      assertThat(broken.await(Loopback.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(server.nextServed().status()).isEqualTo(200);
    }
  }

  @Test
  void aClientThatReadsSlowlyGetsItAll() {
    var large = Loopback.get("/large", _ -> Response.text(200, "x".repeat(16 << 20)));
    try (var server = Loopback.serving(Limits.patient().sendMillis(300), large);
        var wire = server.connect()) {
      wire.get("/large");
      // Longer in all than any single write may take.
      for (var i = 0; i < 10; i++) {
        assertThat(wire.skip(1 << 20)).isEqualTo(1 << 20);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
      }
      assertThat(wire.skip(6 << 20)).isEqualTo(6 << 20);
    }
  }

  @Test
  void aHandlerThatTakesTooLongIsInterruptedAndAnsweredFor() throws InterruptedException {
    var interrupted = new AtomicBoolean();
    var slow =
        Loopback.get(
            "/slow",
            _ -> {
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException e) {
                interrupted.set(true);
              }
              return Response.text(200, "too late");
            });
    try (var server = Loopback.serving(Limits.patient().requestMillis(300), slow);
        var wire = server.connect()) {
      assertTimedOut(wire.get("/slow").answer());
      assertThat(wire.untilClosed()).isEmpty();
      Loopback.await("the handler is interrupted", interrupted::get);
      assertThat(server.nextServed().status()).isEqualTo(504);
    }
  }

  @Test
  void aHandlerThatCannotBeInterruptedIsAnsweredForAsWell() {
    var released = new AtomicBoolean();
    var stubborn =
        Loopback.get(
            "/stubborn",
            _ -> {
              while (!released.get()) LockSupport.parkNanos(1_000_000);
              return Response.text(200, "too late");
            });
    try (var server =
        Loopback.serving(Limits.patient().requestMillis(300).requestsMax(1), stubborn)) {
      try (var wire = server.connect()) {
        assertTimedOut(wire.get("/stubborn").answer());
        assertThat(wire.untilClosed()).isEmpty();
      }
      // It still runs, so it still has its place.
      try (var wire = server.connect()) {
        assertThat(wire.get("/stubborn").answer().status()).isEqualTo(503);
      }
      released.set(true);
      Loopback.await("its place is free", () -> statusOf(server, "/stubborn") == 200);
    }
  }

  private static int statusOf(Loopback server, String path) {
    try (var wire = server.connect()) {
      return wire.get(path).answer().status();
    }
  }

  private static void assertTimedOut(Wire.Answer answer) {
    assertThat(answer.status()).isEqualTo(504);
    assertThat(answer.header("Connection")).isEqualTo("close");
    assertThat(answer.text()).isEqualTo("{\"error\":\"request timed out\"}");
  }

  private static void assertLate(Wire wire) {
    var answer = wire.answer();
    assertThat(answer.status()).isEqualTo(408);
    assertThat(answer.error()).isEqualTo(LATE);
    assertThat(wire.untilClosed()).isEmpty();
  }

  /// Sends a byte every few milliseconds until the server has had enough.
  private static void drip(Wire wire, String text) {
    try {
      for (var i = 0; i < text.length() && !wire.hasAnswer(); i++) {
        wire.send(text.substring(i, i + 1));
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
      }
    } catch (UncheckedIOException e) {
      // The server has closed the connection.
      return;
    }
  }

  private static long millisSince(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
  }
}
