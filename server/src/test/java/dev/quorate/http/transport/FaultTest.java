package dev.quorate.http.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A fault of ours is told to the operator in full, and to the client not at all.
class FaultTest {
  private final List<LogRecord> records = new CopyOnWriteArrayList<>();
  private final Logger logger = Logger.getLogger("");
  private final Handler recorder =
      new Handler() {
        @Override
        public void publish(LogRecord logged) {
          records.add(logged);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };
  private final Loopback server =
      Loopback.serving(
          Loopback.get(
              "/fails/{id}",
              request -> {
                throw new IllegalStateException(
                    "sent: " + request.query("text").orElse(""), new IOException("the cause"));
              }),
          Loopback.get(
              "/error",
              _ -> {
                throw new AssertionError("an invariant is broken");
              }),
          Loopback.get(
              "/breaks-early",
              _ ->
                  Response.stream(
                      200,
                      "text/plain",
                      out -> {
                        out.write(1);
                        throw new IOException("before anything left");
                      })),
          Loopback.get(
              "/breaks-late",
              _ ->
                  Response.stream(
                      200,
                      "text/plain",
                      out -> {
                        for (var i = 0; i < 10; i++) out.write(new byte[10_000]);
                        throw new IOException("when much had left");
                      })));
  private final Wire wire = server.connect();

  @BeforeEach
  void listen() {
    logger.addHandler(recorder);
  }

  @AfterEach
  void close() {
    wire.close();
    server.close();
    logger.removeHandler(recorder);
  }

  @Test
  void aFaultIsOneWarningWithAnId() throws InterruptedException {
    var answer = wire.get("/fails/1?text=hello").answer();
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.error()).isEqualTo("internal server error");
    var id = answer.json().get("request_id").asString();
    assertThat(answer.json().size()).isEqualTo(2);
    assertThat(onlyWarning())
        .startsWith("request " + id + " failed: GET /fails/1: java.lang.IllegalStateException")
        .contains("sent: hello", "caused by java.io.IOException: the cause", "at dev.quorate.http");
    assertThat(server.nextServed().status()).isEqualTo(500);
    // The connection is as good as before.
    assertThat(wire.get("/missing").answer().status()).isEqualTo(404);
  }

  @Test
  void whatAUserSentCannotForgeALogLine() {
    wire.get("/fails/a%0Ab?text=a%0d%0aWARNING:%1b[31m+forged%E2%80%A8%E2%80%AE").answer();
    var warning = onlyWarning();
    assertThat(warning).contains("sent: a\\u000d\\u000aWARNING:\\u001b[31m forged\\u2028\\u202e");
    assertThat(warning.lines().skip(1))
        .allMatch(line -> line.startsWith("  at ") || line.startsWith("caused by "));
  }

  @Test
  void anApiKeyIsNotLogged() {
    wire.get("/fails/1?api_key=sesame", "X-API-Key: sesame", "Authorization: Bearer sesame")
        .answer();
    wire.send("GET /fails?api_key=sesame HTTP/1.1\r\nX-API-Key: sesame\r\nbroken\r\n\r\n").answer();
    assertThat(onlyWarning()).doesNotContain("sesame");
    assertThat(records).noneMatch(logged -> String.valueOf(logged.getMessage()).contains("sesame"));
  }

  @Test
  void anErrorIsAFaultLikeAnyOther() {
    assertThat(wire.get("/error").answer().error()).isEqualTo("internal server error");
    assertThat(onlyWarning()).contains("AssertionError: an invariant is broken");
  }

  @Test
  void aStreamThatFailsBeforeAnythingLeftIsA500() {
    var answer = wire.get("/breaks-early").answer();
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.error()).isEqualTo("internal server error");
    assertThat(onlyWarning()).contains("before anything left");
    assertThat(wire.get("/missing").answer().status()).isEqualTo(404);
  }

  @Test
  void aStreamThatFailsLaterBreaksOff() {
    wire.get("/breaks-late");
    var received = new String(wire.untilClosed(), UTF_8);
    assertThat(received).startsWith("HTTP/1.1 200 OK").doesNotEndWith("0\r\n\r\n");
    assertThat(onlyWarning()).contains("when much had left");
  }

  @Test
  void aClientThatMisbehavesIsNoWarning() {
    wire.send("GET\r\n\r\n").answer();
    for (var part :
        new String[] {
          "GET /error HTTP/1.1\r\nHo",
          "G(T / HTTP/1.1\r\n\r\n",
          "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\nnonsense that is no frame"
        }) {
      try (var leaving = server.connect()) {
        leaving.send(part).sendNoMore();
        leaving.untilClosed();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    assertThat(warnings()).isEmpty();
  }

  private String onlyWarning() {
    Loopback.await("a warning is logged", () -> !warnings().isEmpty());
    assertThat(warnings()).hasSize(1);
    return warnings().getFirst();
  }

  private List<String> warnings() {
    return records.stream()
        .filter(logged -> logged.getLevel().intValue() >= Level.WARNING.intValue())
        .map(LogRecord::getMessage)
        .toList();
  }
}
