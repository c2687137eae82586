package dev.quorate.http.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.failure.RequestFailure.Overloaded;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/// A body that has no end of its own.
class EventsTest {
  private final CountDownLatch ended = new CountDownLatch(1);

  @Test
  void whatIsFlushedArrivesBeforeTheEnd() {
    var release = new CountDownLatch(1);
    var events =
        Loopback.get(
            "/events",
            _ ->
                Response.events(out -> {
                  out.write("data: one\n\n".getBytes(UTF_8));
                  out.flush();
                  try {
                    release.await();
                  } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                  out.write("data: two\n\n".getBytes(UTF_8));
                }));
    try (var server = Loopback.serving(events);
        var wire = server.connect()) {
      wire.get("/events");
      var head = wire.readUntil("data: one");
      assertThat(head).contains("200").containsIgnoringCase("text/event-stream");
      assertThat(head).containsIgnoringCase("cache-control: no-store");
      release.countDown();
      // The last chunk says that it ended in order.
      assertThat(wire.readUntil("0\r\n\r\n")).contains("data: two");
    }
  }

  @Test
  void aListenerThatDoesNotReadIsCutAndNothingIsWrong() throws InterruptedException {
    var said = new CopyOnWriteArrayList<String>();
    var log = Logger.getLogger("dev.quorate.http.transport");
    var keeper = keeper(said);
    log.addHandler(keeper);
    var endless =
        Loopback.get(
            "/endless",
            _ ->
                Response.events(out -> {
                  try {
                    while (true) {
                      out.write(new byte[65_536]);
                      out.flush();
                    }
                  } finally {
                    ended.countDown();
                  }
                }));
    try (var server = Loopback.serving(Limits.patient().sendMillis(300), endless);
        var wire = server.connect()) {
      wire.get("/endless");
      assertThat(ended.await(Loopback.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(server.nextServed().status()).isEqualTo(200);
      assertThat(said).isEmpty();
    } finally {
      log.removeHandler(keeper);
    }
  }

  private static Handler keeper(List<String> said) {
    return new Handler() {
      @Override
      public void publish(LogRecord line) {
        said.add(line.getMessage());
      }

      @Override
      public void flush() {}

      @Override
      public void close() {}
    };
  }

  @Test
  void aHeadOfEventsHasNoBodyAndEnds() {
    var events =
        Loopback.get(
            "/events",
            _ ->
                Response.events(out -> {
                  while (true) out.write(0);
                }));
    try (var server = Loopback.serving(events);
        var wire = server.connect()) {
      wire.send("HEAD /events HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(wire.readUntil("\r\n\r\n")).contains("200");
    }
  }

  @Test
  void aRefusalBeforeTheFirstByteIsTheAnswer() {
    var full =
        Loopback.get(
            "/full",
            _ ->
                Response.events(_ -> {
                  throw new Overloaded("the limit of 1 listeners at a time is reached");
                }));
    try (var server = Loopback.serving(full, Loopback.echo());
        var wire = server.connect()) {
      var answer = wire.get("/full").answer();
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.json().get("reason").asString()).contains("limit of 1");
      assertThat(wire.post("/echo", "on").answer().text()).isEqualTo("on");
    }
  }
}
