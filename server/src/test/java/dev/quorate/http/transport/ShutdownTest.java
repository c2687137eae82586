package dev.quorate.http.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ShutdownTest {
  private final Semaphore entered = new Semaphore(0);
  private final CountDownLatch release = new CountDownLatch(1);
  private final AtomicBoolean interrupted = new AtomicBoolean();
  private final Route held =
      Loopback.get(
          "/held",
          _ -> {
            entered.release();
            try {
              release.await();
            } catch (InterruptedException e) {
              interrupted.set(true);
            }
            return Response.text(200, "done");
          });

  @AfterEach
  void letGo() {
    release.countDown();
  }

  @Test
  void aRequestUnderWayIsFinished() throws Exception {
    var server = Loopback.serving(held, Loopback.echo());
    try (var busy = server.connect();
        var half = server.connect();
        var idle = server.connect()) {
      assertThat(idle.post("/echo", "hi").answer().status()).isEqualTo(200);
      half.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Len");
      busy.get("/held");
      entered.acquire();
      var closing = Thread.startVirtualThread(server::close);
      // An idle connection is closed at once, and no other is accepted.
      assertThat(idle.untilClosed()).isEmpty();
      Loopback.await("nothing listens", () -> isRefused(server.port()));
      assertThat(closing.isAlive()).isTrue();

      assertThat(half.send("gth: 2\r\n\r\nhi").answer().text()).isEqualTo("hi");
      assertThat(half.untilClosed()).isEmpty();
      release.countDown();
      var answer = busy.answer();
      assertThat(answer.text()).isEqualTo("done");
      assertThat(answer.header("Connection")).isEqualTo("close");
      assertThat(busy.untilClosed()).isEmpty();
      assertThat(closing.join(Loopback.PATIENCE)).isTrue();
      assertThat(interrupted).isFalse();
    }
  }

  @Test
  void aRequestThatDoesNotEndIsEnded() throws Exception {
    var server = Loopback.serving(Limits.patient().graceMillis(300), held);
    try (var busy = server.connect()) {
      busy.get("/held");
      entered.acquire();
      var began = System.nanoTime();
      server.close();
      assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began)).isBetween(250L, 5_000L);
      busy.untilClosed();
      Loopback.await("the handler is interrupted", interrupted::get);
    }
  }

  @Test
  void aPortIsFreeAfterwards() {
    var first = Loopback.serving(Loopback.echo());
    first.close();
    assertThatThrownBy(first::connect).isInstanceOf(UncheckedIOException.class);
    var second =
        new HttpServer(
            "127.0.0.1",
            first.port(),
            Limits.patient().all(),
            java.util.List.of(),
            Access.open(),
            Observer.none());
    try (second) {
      assertThat(second.start()).isEqualTo(first.port());
    }
  }

  private static boolean isRefused(int port) {
    try (var _ = Wire.to(port)) {
      return false;
    } catch (UncheckedIOException e) {
      return true;
    }
  }
}
