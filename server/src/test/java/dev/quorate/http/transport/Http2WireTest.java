package dev.quorate.http.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.Test;

/// HTTP/2 as bytes: what no well-behaved client sends.
class Http2WireTest {
  private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int SETTINGS = 4;
  private static final int END_STREAM_AND_HEADERS = 5;
  private static final int END_HEADERS = 4;

  private final Route item =
      Loopback.get("/item/{id}", request -> Response.text(200, request.pathParameter("id")));

  @Test
  void aClientMayStartWithHttp2() {
    try (var server = Loopback.serving(item);
        var wire = server.connect()) {
      wire.send(PREFACE).send(frame(SETTINGS, 0, 0, new byte[0]));
      wire.send(frame(HEADERS, END_STREAM_AND_HEADERS, 1, get("/item/a%2Fb")));
      assertThat(dataOfStream(wire, 1)).isEqualTo("a/b");
      wire.send(frame(HEADERS, END_STREAM_AND_HEADERS, 3, get("/item/<%zz")));
      assertThat(dataOfStream(wire, 3))
          .isEqualTo("{\"error\":\"path parameter id is not percent-encoded UTF-8\"}");
    }
  }

  @Test
  void aPrefaceInPiecesIsAPreface() {
    try (var server = Loopback.serving(item);
        var wire = server.connect()) {
      for (var i = 0; i < PREFACE.length(); i++) wire.send(PREFACE.substring(i, i + 1));
      wire.send(frame(SETTINGS, 0, 0, new byte[0]));
      wire.send(frame(HEADERS, END_STREAM_AND_HEADERS, 1, get("/item/1")));
      assertThat(dataOfStream(wire, 1)).isEqualTo("1");
    }
  }

  @Test
  void aPrefaceThatStallsIsCutOff() {
    try (var server = Loopback.serving(Limits.patient().receiveMillis(300), item);
        var wire = server.connect()) {
      wire.send(PREFACE.substring(0, 20));
      assertThat(wire.untilClosed()).isEmpty();
    }
  }

  @Test
  void aConnectionWithoutAStreamIsClosedWhateverElseItSends() {
    try (var server = Loopback.serving(Limits.patient().idleMillis(400), item);
        var wire = server.connect()) {
      wire.send(PREFACE).send(frame(SETTINGS, 0, 0, new byte[0]));
      wire.send(frame(HEADERS, END_STREAM_AND_HEADERS, 1, get("/item/1")));
      assertThat(dataOfStream(wire, 1)).isEqualTo("1");
      wire.send(frame(HEADERS, 0, 3, get("/item/2")));
      wire.untilClosed();
    }
  }

  @Test
  void aBodyThatIsNeverSentHasADeadline() {
    try (var server = Loopback.serving(Limits.patient().receiveMillis(300), Loopback.echo());
        var wire = server.connect()) {
      wire.send(PREFACE).send(frame(SETTINGS, 0, 0, new byte[0]));
      wire.send(frame(HEADERS, END_HEADERS, 1, post("/echo")));
      wire.untilClosed();
    }
  }

  @Test
  void anUnwantedBodyThatIsNeverSentHasADeadline() {
    // The first answer of a process loads classes, for longer than the short deadline.
    try (var patient = Loopback.serving(Loopback.echo());
        var wire = patient.connect()) {
      assertRefusedBeforeTheBody(wire);
    }
    try (var server = Loopback.serving(Limits.patient().receiveMillis(300), Loopback.echo());
        var wire = server.connect()) {
      assertRefusedBeforeTheBody(wire);
      wire.untilClosed();
    }
  }

  @Test
  void anAnnouncementOfTooMuchIsRefusedBeforeTheBody() {
    try (var server = Loopback.serving(Loopback.echo());
        var wire = server.connect()) {
      wire.send(PREFACE).send(frame(SETTINGS, 0, 0, new byte[0]));
      var headers = new ByteArrayOutputStream();
      headers.writeBytes(post("/echo"));
      // A literal content-length: its name is number 28 of the table.
      headers.writeBytes(new byte[] {0x0f, 28 - 15, 7});
      headers.writeBytes("2097153".getBytes(US_ASCII));
      wire.send(frame(HEADERS, END_HEADERS, 1, headers.toByteArray()));
      assertThat(dataOfStream(wire, 1))
          .isEqualTo("{\"error\":\"request body is larger than 2097152 bytes\"}");
    }
  }

  @Test
  void anUpgradeWithoutSettingsIsServedAsItIs() {
    try (var server = Loopback.serving(item);
        var wire = server.connect()) {
      for (var settings :
          new String[] {"X-None: 1", "HTTP2-Settings: !!!", "HTTP2-Settings: AAA"}) {
        var answer = wire.get("/item/1", "Connection: Upgrade", "Upgrade: h2c", settings).answer();
        assertThat(answer.status()).as(settings).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("1");
      }
    }
  }

  private static void assertRefusedBeforeTheBody(Wire wire) {
    wire.send(PREFACE).send(frame(SETTINGS, 0, 0, new byte[0]));
    wire.send(frame(HEADERS, END_HEADERS, 1, post("/missing")));
    assertThat(dataOfStream(wire, 1)).isEqualTo("{\"error\":\"not found\"}");
  }

  /// The data frames of a stream, joined, up to its end.
  private static String dataOfStream(Wire wire, int stream) {
    var data = new ByteArrayOutputStream();
    while (true) {
      var header = wire.bytes(9);
      var length = ((header[0] & 0xff) << 16) | ((header[1] & 0xff) << 8) | (header[2] & 0xff);
      var payload = wire.bytes(length);
      if (header[8] != stream) continue;
      if (header[3] == DATA) data.writeBytes(payload);
      if ((header[4] & 1) != 0 && header[3] <= HEADERS) return data.toString(US_ASCII);
    }
  }

  private static byte[] frame(int type, int flags, int stream, byte[] payload) {
    var out = new ByteArrayOutputStream();
    out.write(payload.length >> 16);
    out.write(payload.length >> 8);
    out.write(payload.length);
    out.write(type);
    out.write(flags);
    out.writeBytes(new byte[] {0, 0, 0, (byte) stream});
    out.writeBytes(payload);
    return out.toByteArray();
  }

  /// Headers by the static table of HPACK: `:method: GET`, `:scheme: http`, a literal `:path` and
  /// `:authority`.
  private static byte[] get(String path) {
    return headers(0x82, path);
  }

  private static byte[] post(String path) {
    return headers(0x83, path);
  }

  private static byte[] headers(int method, String path) {
    var out = new ByteArrayOutputStream();
    out.write(method);
    out.write(0x86);
    out.write(0x04);
    out.write(path.length());
    out.writeBytes(path.getBytes(US_ASCII));
    out.write(0x01);
    out.write(1);
    out.write('a');
    return out.toByteArray();
  }
}
