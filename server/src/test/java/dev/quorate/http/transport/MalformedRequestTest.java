package dev.quorate.http.transport;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is not HTTP is answered in JSON, and the connection closed.
class MalformedRequestTest {
  private final Loopback server =
      Loopback.serving(Loopback.echo(), Loopback.get("/a", _ -> Response.text(200, "a")));
  private final Wire wire = server.connect();

  @AfterEach
  void close() {
    wire.close();
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hello\r\n\r\n",
        "GET\r\n\r\n",
        "GET /a\r\n\r\n",
        "GET  HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /a HTTP/3.0\r\nHost: a\r\n\r\n",
        "GET /a http/1.1\r\nHost: a\r\n\r\n",
        "G(T /a HTTP/1.1\r\nHost: a\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nXX\r\n\r\n",
        "GET /a HTTP/1.1\nHost: a\n\n",
        "GET /a HTTP/1.1\rHost: a\r\r",
        "\r\n\r\n",
        "\u0000\u0001\u0002\r\n",
        "GET /a HTTP/1.1\r\n\r\n",
        "GET /a HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET /a HTTP/1.1\r\nHost: a:b:c\r\n\r\n",
        "GET /a HTTP/1.1\r\nHost: a\r\nno colon\r\n\r\n",
        "GET /a HTTP/1.1\r\nHost: a\r\nspa ce: x\r\n\r\n",
        "GET /a HTTP/1.1\r\nHost: a\r\nX: a\u0001b\r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
        "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, identity\r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Encoding: gzip\r\n\r\nabc",
      })
  void whatIsNotHttpIsA400(String request) throws InterruptedException {
    var answer = wire.send(request).answer();
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.error()).startsWith("malformed HTTP request");
    assertThat(answer.header("Connection")).isEqualTo("close");
    assertThat(server.nextServed()).isEqualTo(new Loopback.Served(null, 400, 0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "zz\r\n",
        "-1\r\n",
        "\r\n",
        "5;a=b\r\n",
        "5\nhello",
        "ffffffffff\r\n",
        "1\r\na\r\n0\r\nX: y\r\n\r\n"
      })
  void aBrokenChunkIsA400(String chunk) {
    var answer =
        wire.send(Wire.head("POST", "/echo", "Transfer-Encoding: chunked") + "\r\n" + chunk)
            .answer();
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.error()).isEqualTo("malformed request body");
    assertThat(answer.header("Connection")).isEqualTo("close");
  }

  @Test
  void anOldVersionIsTold() {
    var answer = wire.send("GET /a HTTP/1.0\r\nHost: a\r\n\r\n").answer();
    assertThat(answer.status()).isEqualTo(505);
    assertThat(answer.error()).contains("use HTTP/1.1 or HTTP/2");
    assertThat(wire.untilClosed()).isEmpty();
  }

  @Test
  void anUnknownTransferEncodingIsTold() {
    var answer =
        wire.send(Wire.head("POST", "/echo", "Transfer-Encoding: gzip, chunked") + "\r\n").answer();
    assertThat(answer.status()).isEqualTo(501);
    assertThat(answer.error()).isEqualTo("transfer encoding is not supported");
  }

  @Test
  void anOverlongRequestLineIsTold() {
    var answer = wire.get("/a?q=" + "x".repeat(17_000)).answer();
    assertThat(answer.status()).isEqualTo(414);
    assertThat(answer.error()).isEqualTo("request line is longer than 16384 bytes");
  }

  @Test
  void overlongHeadersAreTold() {
    var answer = wire.get("/a", "X-Long: " + "x".repeat(17_000)).answer();
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.error()).contains("headers of more than 16384 bytes");
  }

  @Test
  void longHeadersAreTaken() {
    assertThat(wire.get("/a", "X-Long: " + "x".repeat(15_000)).answer().status()).isEqualTo(200);
    assertThat(wire.get("/a?q=" + "x".repeat(15_000)).answer().status()).isEqualTo(200);
  }

  @Test
  void aClientThatLeavesInTheMiddleIsNoOnesProblem() throws Exception {
    for (var part :
        new String[] {
          "G", "GET /a HTTP/1.1\r\nHo", Wire.head("POST", "/echo", "Content-Length: 9") + "\r\nabc"
        }) {
      try (var leaving = server.connect()) {
        leaving.send(part).sendNoMore();
        assertThat(leaving.untilClosed()).isEmpty();
      }
    }
    assertThat(wire.get("/a").answer().status()).isEqualTo(200);
  }
}
