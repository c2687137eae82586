package dev.quorate.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.quorate.subscriptions.AddressRule;
import dev.quorate.subscriptions.NameLookup;
import dev.quorate.subscriptions.WebhookUrl;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Where a message is brought to when names change what they stand for, and what is said of whoever
/// answers nonsense.
@Timeout(60)
class SenderTest {
  private static final Message MESSAGE = new Message(Map.of(), "{\"event\":\"memory_store\"}");
  private static final String ACK =
      "HTTP/1.1 200 OK\r\nContent-Length: 16\r\n\r\n{\"status\":\"ack\"}";
  private static final AddressRule PUBLIC = new AddressRule(false);
  private static final AddressRule LOOPBACK = new AddressRule(true);

  private final RawServer server = new RawServer(MESSAGE.body());
  private final AtomicInteger lookups = new AtomicInteger();

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  /// A name that stands for one list of addresses after another, the last one for good.
  private NameLookup inTurn(String... lists) throws UnknownHostException {
    Queue<List<InetAddress>> left = new ArrayDeque<>();
    for (var list : lists) {
      var addresses = new ArrayList<InetAddress>();
      for (var address : list.split(",", -1)) addresses.add(InetAddress.getByName(address));
      left.add(addresses);
    }
    return host -> {
      assertThat(host).isEqualTo("hook.example");
      lookups.incrementAndGet();
      return left.size() > 1 ? left.remove() : left.element();
    };
  }

  private String url(String scheme) {
    return "%s://hook.example:%d/".formatted(scheme, server.port());
  }

  private String refused(NameLookup names, AddressRule rule, String scheme) throws IOException {
    try (var sender = new Sender(names, rule)) {
      var thrown = catchThrowableOfType(Undelivered.class, () -> sender.send(url(scheme), MESSAGE));
      return String.valueOf(thrown.getMessage());
    }
  }

  @Test
  void aNameThatStoodForAPublicAddressWhenCheckedAndForAnotherWhenSentToIsRefused()
      throws IOException {
    for (var inside :
        List.of("127.0.0.1", "::1", "10.0.0.1", "169.254.169.254", "::ffff:10.0.0.1")) {
      var names = inTurn("1.1.1.1", inside);
      assertThat(WebhookUrl.addresses(URI.create(url("https")), names, PUBLIC)).hasSize(1);
      var address = InetAddress.getByName(inside).getHostAddress();
      assertThat(refused(names, PUBLIC, "https"))
          .startsWith("url leads to ")
          .doesNotContain(inside, address);
    }
    assertThat(server.connections()).isZero();
  }

  @Test
  void theAddressThatWasCheckedIsTheOneThatIsConnectedTo() throws Exception {
    server.answer(ACK);
    try (var sender = new Sender(inTurn("127.0.0.1", "10.0.0.1"), LOOPBACK)) {
      assertThat(sender.send(url("http"), MESSAGE).status()).isEqualTo(200);
    }
    assertThat(lookups).hasValue(1);
    assertThat(server.connections()).isEqualTo(1);
  }

  @Test
  void eachMessageIsCheckedAnew() throws Exception {
    server.answer(ACK);
    try (var sender = new Sender(inTurn("127.0.0.1", "10.0.0.1"), LOOPBACK)) {
      assertThat(sender.send(url("http"), MESSAGE).status()).isEqualTo(200);
      var thrown = catchThrowableOfType(Undelivered.class, () -> sender.send(url("http"), MESSAGE));
      assertThat(thrown).hasMessage("url leads to a private address");
    }
    assertThat(server.connections()).isEqualTo(1);
  }

  @Test
  void oneAddressThatIsNotPublicIsEnough() throws IOException {
    assertThat(refused(inTurn("127.0.0.1,10.0.0.1"), LOOPBACK, "http"))
        .isEqualTo("url leads to a private address");
    assertThat(server.connections()).isZero();
  }

  @Test
  void plainHttpLeavesThisMachineUnderNoName() throws IOException {
    assertThat(refused(inTurn("1.1.1.1"), LOOPBACK, "http")).contains("must be https");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hunter2\r\n\r\n",
        "HTTP/hunter2 200 OK\r\n\r\n",
        "HTTP/1.1 hunter2 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nhunter2\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: hunter2\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: hunter2\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: hunter2\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nhunter2\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}hunter2\r\n",
        "HTTP/1.1 200 OK\r\nContent-Type: hunter2;;=\r\nContent-Length: 7\r\n\r\nhunter2",
        "HTTP/1.1 200 OK\r\nContent-Encoding: hunter2\r\nContent-Length: 7\r\n\r\nhunter2",
        "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhunter2",
      })
  void whatIsAnsweredIsNeverQuoted(String answer) throws Exception {
    server.answer(answer);
    try (var sender = new Sender(inTurn("127.0.0.1"), LOOPBACK)) {
      String fault;
      try {
        fault = sender.send(url("http"), MESSAGE).fault("some id").orElse("");
      } catch (Undelivered e) {
        fault = String.valueOf(e.getMessage());
      }
      assertThat(fault).isNotBlank().doesNotContainIgnoringCase("hunter");
    }
  }

  @Test
  void ofALongAnswerNoMoreIsReadThanIsAllowed() throws Exception {
    for (var bytes : new int[] {65_536, 65_537}) {
      var body = "{\"status\":\"ack\"}";
      var head = "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n".formatted(bytes);
      server.answer(head + body + " ".repeat(bytes - body.length()));
      try (var sender = new Sender(inTurn("127.0.0.1"), LOOPBACK)) {
        if (bytes == 65_536) {
          assertThat(sender.send(url("http"), MESSAGE).body()).hasSize(bytes);
        } else {
          var thrown =
              catchThrowableOfType(Undelivered.class, () -> sender.send(url("http"), MESSAGE));
          assertThat(thrown).hasMessage("answered with more than 65536 bytes");
        }
      }
    }
  }

  @Test
  void whoSpeaksNoTlsIsSaid() throws IOException {
    try (var plain = new RawServer("")) {
      plain.answer("HTTP/1.1 400 hunter2\r\n\r\n");
      var url = "https://hook.example:%d/".formatted(plain.port());
      try (var sender = new Sender(inTurn("127.0.0.1"), LOOPBACK)) {
        var thrown = catchThrowableOfType(Undelivered.class, () -> sender.send(url, MESSAGE));
        assertThat(thrown).hasMessage("could not be reached: it agrees on no TLS connection");
      }
    }
  }

  @Test
  void whoIsNotThereIsSaid() throws IOException {
    server.close();
    assertThat(refused(inTurn("127.0.0.1"), LOOPBACK, "http"))
        .isEqualTo("could not be reached: no connection");
  }
}
