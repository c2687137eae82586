package dev.quorate.http.transport;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quorate.failure.NodeFailure;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListenTest {
  @Test
  void anAddressInUseIsNamed() {
    try (var server = Loopback.serving(Loopback.echo())) {
      assertThatThrownBy(() -> start("127.0.0.1", server.port()))
          .isInstanceOf(NodeFailure.class)
          .hasMessage("cannot listen on 127.0.0.1:" + server.port() + ": Address already in use");
    }
  }

  @Test
  void anUnknownHostIsNamed() {
    assertThatThrownBy(() -> start("no.such.host.invalid", 7867))
        .isInstanceOf(NodeFailure.class)
        .hasMessage("cannot listen on no.such.host.invalid:7867: unknown host");
  }

  @Test
  void anAddressOfAnotherMachineIsNamed() {
    // Kept for documentation, so no machine has it.
    assertThatThrownBy(() -> start("192.0.2.1", 0))
        .isInstanceOf(NodeFailure.class)
        .hasMessageStartingWith("cannot listen on 192.0.2.1:0: ");
  }

  private static void start(String host, int port) {
    var server =
        new HttpServer(
            host, port, Limits.patient().all(), List.of(), Access.open(), Observer.none());
    server.start();
  }
}
