package dev.quorate.http.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BodyTest {
  private static final int MAX = 2_097_152;
  private static final String TOO_LARGE = "request body is larger than 2097152 bytes";

  private final Loopback server =
      Loopback.serving(
          Loopback.post("/length", request -> Response.text(200, "" + request.body().length)),
          Loopback.echo());
  private final Wire wire = server.connect();

  @AfterEach
  void close() {
    wire.close();
    server.close();
  }

  @Test
  void twoMebibytesAreTaken() {
    assertThat(wire.post("/length", new byte[MAX]).answer().text()).isEqualTo("" + MAX);
    assertThat(wire.post("/length", "x").answer().text()).isEqualTo("1");
  }

  @Test
  void oneByteMoreIsTooLarge() {
    var answer = wire.post("/length", new byte[MAX + 1]).answer();
    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.error()).isEqualTo(TOO_LARGE);
    assertThat(answer.header("Connection")).isEqualTo("close");
  }

  @Test
  void anAnnouncementOfTooMuchIsRefusedBeforeTheBody() {
    for (var length : new String[] {"2097153", "99999999999999"}) {
      try (var other = server.connect()) {
        other.send(Wire.head("POST", "/length", "Content-Length: " + length) + "\r\n");
        assertThat(other.answer().status()).isEqualTo(413);
      }
    }
  }

  @Test
  void chunksAreJoined() {
    wire.send(chunked("/echo") + "5\r\nhello\r\n1\r\n \r\n5\r\nworld\r\n0\r\n\r\n");
    assertThat(wire.answer().text()).isEqualTo("hello world");
    wire.send(chunked("/echo") + "0\r\n\r\n");
    assertThat(wire.answer().text()).isEmpty();
    assertThat(wire.post("/echo", "next").answer().text()).isEqualTo("next");
  }

  @Test
  void chunksAreCounted() {
    wire.send(chunked("/length"));
    var chunk = new byte[65_536];
    for (var sent = 0; sent < MAX; sent += chunk.length) sendChunk(chunk);
    wire.send("0\r\n\r\n");
    assertThat(wire.answer().text()).isEqualTo("" + MAX);

    wire.send(chunked("/length"));
    for (var sent = 0; sent < MAX; sent += chunk.length) sendChunk(chunk);
    wire.send("1\r\nx\r\n0\r\n\r\n");
    var answer = wire.answer();
    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.error()).isEqualTo(TOO_LARGE);
    assertThat(wire.untilClosed()).isEmpty();
  }

  @Test
  void aHugeChunkIsRefusedUnread() {
    assertThat(wire.send(chunked("/length") + "7fffffff\r\n").answer().status()).isEqualTo(413);
  }

  @Test
  void aClientThatIsStillSendingGetsItsAnswer() {
    for (var head :
        new String[] {
          Wire.head("POST", "/length", "Content-Length: 3000000") + "\r\n",
          chunked("/length") + "7fffffff\r\n"
        }) {
      try (var other = server.connect()) {
        other.send(head);
        Loopback.await("it is answered", other::hasAnswer);
        // A closed socket would refuse these, and take the answer with it.
        for (var i = 0; i < 20; i++) other.send(new byte[65_536]);
        assertThat(other.answer().status()).isEqualTo(413);
      }
    }
  }

  @Test
  void aChunkSizeWithoutEndIsCutOff() {
    wire.send(chunked("/length"));
    var digits = "0".repeat(1 << 20).getBytes(UTF_8);
    assertThat(sentBeforeTheEnd(digits)).isLessThan(64 << 20);
  }

  @Test
  void aClientThatExpectsAContinueGetsIt() {
    wire.send(Wire.head("POST", "/echo", "Content-Length: 5", "Expect: 100-continue") + "\r\n");
    assertThat(wire.line()).isEqualTo("HTTP/1.1 100 Continue");
    assertThat(wire.line()).isEmpty();
    assertThat(wire.send("hello").answer().text()).isEqualTo("hello");
    assertThat(wire.post("/echo", "next").answer().text()).isEqualTo("next");
  }

  @Test
  void aRefusedClientThatExpectsAContinueGetsNone() {
    wire.send(Wire.head("POST", "/missing", "Content-Length: 5", "Expect: 100-continue") + "\r\n");
    var answer = wire.answer();
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.header("Connection")).isEqualTo("close");
    assertThat(wire.untilClosed()).isEmpty();
  }

  /// How many bytes the server took of something endless.
  private long sentBeforeTheEnd(byte[] piece) {
    var sent = 0L;
    try {
      while (sent < (256 << 20)) {
        wire.send(piece);
        sent += piece.length;
      }
    } catch (java.io.UncheckedIOException e) {
      return sent;
    }
    return sent;
  }

  private void sendChunk(byte[] chunk) {
    wire.send(Integer.toHexString(chunk.length) + "\r\n").send(chunk).send("\r\n");
  }

  private static String chunked(String target) {
    return Wire.head("POST", target, "Transfer-Encoding: chunked") + "\r\n";
  }
}
