package dev.quorate.federation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.quorate.federation.Transport.Lost;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What peers answer, over sockets.
@Timeout(60)
class HttpTransportTest {
  private static final int REQUEST_MILLIS = 500;
  private static final int PATIENCE_MILLIS = 30_000;

  private final HttpTransport transport =
      new HttpTransport(Optional.empty(), InstantSource.system());
  private ServerSocket listening;

  @BeforeEach
  void listen() throws IOException {
    listening = new ServerSocket(0, 4, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void end() throws IOException {
    transport.close();
    listening.close();
  }

  /// What a peer writes when it is asked.
  @FunctionalInterface
  private interface Answer {
    void write(OutputStream out) throws IOException;
  }

  /// Answers the next connection, and leaves it open until the test ends.
  private void answer(Answer answer) {
    Thread.ofVirtual()
        .start(() -> {
          try {
            var socket = listening.accept();
            socket.getInputStream().read();
            answer.write(socket.getOutputStream());
          } catch (IOException _) {
            // The node has turned away.
          }
        });
  }

  private Transport.Reply ask() throws Lost {
    return ask(REQUEST_MILLIS);
  }

  private Transport.Reply ask(int millis) throws Lost {
    var target = URI.create("http://127.0.0.1:" + listening.getLocalPort() + "/");
    return transport.exchange(target, Map.of(), new byte[0], millis);
  }

  private static void head(OutputStream out, long length) throws IOException {
    var head = "HTTP/1.1 200 OK\r\ncontent-length: " + length + "\r\n\r\n";
    out.write(head.getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  @Test
  void anAnswerComesWithItsBody() throws Lost {
    answer(out -> {
      head(out, 2);
      out.write("{}".getBytes(StandardCharsets.US_ASCII));
    });
    var reply = ask(PATIENCE_MILLIS);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body()).asString().isEqualTo("{}");
  }

  @Test
  void aPeerThatIsNotThereIsNotSaidToHaveBeenSilent() throws IOException {
    listening.close();
    assertThatExceptionOfType(Lost.class)
        .isThrownBy(() -> ask(PATIENCE_MILLIS))
        .matches(lost -> !lost.timedOut())
        .withMessage("connection refused");
  }

  @Test
  void aPeerThatFallsSilentWithinItsAnswerHasTimedOut() {
    answer(out -> head(out, 2));
    assertThatExceptionOfType(Lost.class).isThrownBy(this::ask).matches(Lost::timedOut);
  }

  @Test
  void anAnswerWithoutEndIsNotTakenIntoMemory() {
    answer(out -> {
      head(out, Long.MAX_VALUE);
      var some = new byte[1 << 16];
      while (true) out.write(some);
    });
    assertThatExceptionOfType(Lost.class)
        .isThrownBy(() -> ask(PATIENCE_MILLIS))
        .matches(lost -> !lost.timedOut())
        .withMessageContaining("capacity");
  }
}
