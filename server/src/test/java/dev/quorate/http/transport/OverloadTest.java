package dev.quorate.http.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OverloadTest {
  @Test
  void oneRequestTooManyIsRefusedAtOnce() {
    var entered = new Semaphore(0);
    var release = new CountDownLatch(1);
    try (var server = Loopback.serving(Limits.patient().requestsMax(2), held(entered, release));
        var first = server.connect();
        var second = server.connect();
        var third = server.connect()) {
      first.get("/held");
      second.get("/held");
      entered.acquireUninterruptibly(2);
      var refused = third.get("/held").answer();
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.header("Retry-After")).isEqualTo("1");
      assertThat(refused.text())
          .isEqualTo(
              "{\"error\":\"overloaded\",\"reason\":\"the limit of 2 requests at a time is"
                  + " reached\"}");
      release.countDown();
      assertThat(first.answer().status()).isEqualTo(200);
      assertThat(second.answer().status()).isEqualTo(200);
      // The refused client may try again on the same connection.
      assertThat(third.get("/held").answer().status()).isEqualTo(200);
    }
  }

  @Test
  void aRequestGivesItsPlaceBackHoweverItEnds() {
    var fails =
        Loopback.get(
            "/fails",
            _ -> {
              throw new IllegalStateException("on purpose");
            });
    try (var server = Loopback.serving(Limits.patient().requestsMax(1), fails, Loopback.echo());
        var wire = server.connect()) {
      for (var i = 0; i < 3; i++) {
        assertThat(wire.get("/fails").answer().status()).isEqualTo(500);
        assertThat(wire.get("/missing").answer().status()).isEqualTo(404);
        assertThat(wire.post("/echo", "hi").answer().status()).isEqualTo(200);
      }
      try (var leaving = server.connect()) {
        leaving.send(Wire.head("POST", "/echo", "Content-Length: 5") + "\r\nhi");
      }
      Loopback.await(
          "the place of the client that left is free",
          () -> wire.post("/echo", "hi").answer().status() == 200);
    }
  }

  @Test
  void oneConnectionTooManyIsRefused() {
    try (var server = Loopback.serving(Limits.patient().connectionsMax(2), Loopback.echo())) {
      try (var first = server.connect();
          var second = server.connect()) {
        assertThat(first.post("/echo", "1").answer().text()).isEqualTo("1");
        assertThat(second.post("/echo", "2").answer().text()).isEqualTo("2");
        try (var third = server.connect()) {
          var refused = third.post("/echo", "3").answer();
          assertThat(refused.status()).isEqualTo(503);
          assertThat(refused.error()).isEqualTo("overloaded");
          assertThat(refused.header("Connection")).isEqualTo("close");
          assertThat(third.untilClosed()).isEmpty();
        }
        assertThat(first.post("/echo", "4").answer().text()).isEqualTo("4");
      }
      Loopback.await("a connection is free", () -> isServed(server));
    }
  }

  @Test
  void manyClientsGetTheirOwnAnswers() throws Exception {
    try (var server = Loopback.serving(Loopback.echo());
        var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers = new ArrayList<java.util.concurrent.Future<Boolean>>();
      for (var client = 0; client < 48; client++) {
        var name = "client " + client + " ";
        answers.add(clients.submit(() -> getsItsOwnAnswers(server, name)));
      }
      for (var answer : answers) assertThat(answer.get()).isTrue();
    }
  }

  private static boolean getsItsOwnAnswers(Loopback server, String name) {
    try (var wire = server.connect()) {
      return IntStream.range(0, 100)
          .allMatch(i -> wire.post("/echo", name + i).answer().text().equals(name + i));
    }
  }

  private static boolean isServed(Loopback server) {
    try (var wire = server.connect()) {
      return wire.post("/echo", "hi").answer().status() == 200;
    }
  }

  private static Route held(Semaphore entered, CountDownLatch release) {
    return Loopback.get(
        "/held",
        _ -> {
          entered.release();
          try {
            release.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          return Response.text(200, "done");
        });
  }
}
