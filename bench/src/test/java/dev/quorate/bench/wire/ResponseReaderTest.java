package dev.quorate.bench.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseReaderTest {
  private static final String PLAIN =
      "HTTP/1.1 201 Created\r\nContent-Type: a\r\ncontent-LENGTH:  5\r\nServer: b\r\n\r\nhello";
  private static final String CHUNKED =
      String.join(
          "\r\n",
          List.of(
              "HTTP/1.1 200 OK",
              "Transfer-Encoding: Chunked",
              "",
              "5",
              "hello",
              "A;name=value",
              ", 10 bytes",
              "0",
              "Trailer: x",
              "",
              ""));

  @Test
  void aBodyIsReadByItsLength() throws IOException {
    var response = reader(PLAIN, 1_000).read();
    assertThat(response.status()).isEqualTo(201);
    assertThat(response.body()).isEqualTo("hello");
    assertThat(response.keepsAlive).isTrue();
  }

  @Test
  void chunksAreJoinedAndTrailersSkipped() throws IOException {
    var response = reader(CHUNKED, 1_000).read();
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("hello, 10 bytes");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 7, 64})
  void whereAReadEndsDoesNotMatter(int bytesPerRead) throws IOException {
    var reader = reader(CHUNKED + PLAIN + CHUNKED + PLAIN, bytesPerRead);
    for (var i = 0; i < 2; i++) {
      assertThat(reader.read().body()).isEqualTo("hello, 10 bytes");
      var plain = reader.read();
      assertThat(plain.status()).isEqualTo(201);
      assertThat(plain.body()).isEqualTo("hello");
    }
    assertThatThrownBy(reader::read).isInstanceOf(EOFException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1_000})
  void withoutALengthTheBodyEndsWithTheConnection(int bytesPerRead) throws IOException {
    var response = reader("HTTP/1.1 200 OK\r\nServer: x\r\n\r\nto the end", bytesPerRead).read();
    assertThat(response.body()).isEqualTo("to the end");
    assertThat(response.keepsAlive).isFalse();
  }

  @Test
  void aBodyMayBeLargerThanTheBuffer() throws IOException {
    var body = "0123456789".repeat(50_000);
    var head = "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n";
    var chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    var chunk = Integer.toHexString(body.length()) + "\r\n" + body + "\r\n0\r\n\r\n";
    var reader = reader(head + body + chunked + chunk, 4_000);
    assertThat(reader.read().body()).isEqualTo(body);
    assertThat(reader.read().body()).isEqualTo(body);
  }

  @Test
  void anInterimResponseIsSkipped() throws IOException {
    var response = reader("HTTP/1.1 100 Continue\r\n\r\n" + PLAIN, 1_000).read();
    assertThat(response.status()).isEqualTo(201);
    assertThat(response.body()).isEqualTo("hello");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nConnection: Close\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n"
      })
  void theServerMayAskToCloseTheConnection(String text) throws IOException {
    assertThat(reader(text, 1_000).read().keepsAlive).isFalse();
  }

  @Test
  void someStatusesHaveNoBody() throws IOException {
    var reader = reader("HTTP/1.1 204 No Content\r\n\r\n" + PLAIN, 1_000);
    assertThat(reader.read().body()).isEmpty();
    assertThat(reader.read().status()).isEqualTo(201);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SSH-2.0-OpenSSH_9.2 and more\r\n\r\n",
        "HTTP/1.1 abc OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: five\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFF\r\n",
        "\r\n\r\n"
      })
  void whatIsNoResponseIsSaidToBeNone(String text) {
    assertThatThrownBy(() -> reader(text, 1_000).read()).isInstanceOf(MalformedResponse.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\nContent-", "HTTP/1.1 200 OK\r\n\r"})
  void anAnswerThatBreaksOffIsNoAnswer(String text) {
    assertThatThrownBy(() -> reader(text, 1_000).read())
        .isInstanceOf(EOFException.class)
        .hasMessage("the server closed the connection before it answered");
  }

  @Test
  void aBodyThatBreaksOffIsNoAnswer() {
    var text = PLAIN.substring(0, PLAIN.length() - 1);
    assertThatThrownBy(() -> reader(text, 3).read()).isInstanceOf(EOFException.class);
  }

  @Test
  void anEndlessHeadIsGivenUp() {
    var text = "HTTP/1.1 200 OK\r\nX: " + "x".repeat(100_000);
    assertThatThrownBy(() -> reader(text, 1_000).read()).isInstanceOf(MalformedResponse.class);
  }

  private static ResponseReader reader(String text, int bytesPerRead) {
    var bytes = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    return new ResponseReader(
        new InputStream() {
          @Override
          public int read() {
            return bytes.read();
          }

          @Override
          public int read(byte[] buffer, int offset, int length) {
            return bytes.read(buffer, offset, Math.min(length, bytesPerRead));
          }
        });
  }
}
