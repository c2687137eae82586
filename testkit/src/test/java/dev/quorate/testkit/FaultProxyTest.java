package dev.quorate.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FaultProxyTest {
  private EchoServer echo;
  private FaultProxy proxy;

  @BeforeEach
  void start() throws IOException {
    echo = new EchoServer();
    proxy = FaultProxy.before(echo.address());
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
    echo.close();
  }

  private Socket connect() throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), proxy.address().getPort());
    socket.setSoTimeout(20_000);
    return socket;
  }

  private static String echoed(Socket socket, String text) throws IOException {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    socket.getOutputStream().write(bytes);
    return new String(socket.getInputStream().readNBytes(bytes.length), StandardCharsets.UTF_8);
  }

  private static long millisFor(Socket socket, String text) throws IOException {
    var from = System.nanoTime();
    assertThat(echoed(socket, text)).isEqualTo(text);
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - from);
  }

  @Test
  void withoutAFaultBytesGoThroughBothWays() throws IOException {
    try (var socket = connect()) {
      assertThat(echoed(socket, "hello")).isEqualTo("hello");
      var large = "x".repeat(300_000);
      var writing = Thread.ofVirtual().start(() -> write(socket, large));
      assertThat(socket.getInputStream().readNBytes(300_000)).hasSize(300_000);
      assertThat(writing.isAlive()).isFalse();
      socket.shutdownOutput();
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }

  private static void write(Socket socket, String text) {
    try {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aCutResetsOpenConnectionsAndNewOnes() throws IOException {
    try (var socket = connect()) {
      assertThat(echoed(socket, "a")).isEqualTo("a");
      proxy.set(new Fault.Cut());
      assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketException.class);
    }
    assertThatThrownBy(
            () -> {
              try (var socket = connect()) {
                echoed(socket, "a");
                socket.getInputStream().read();
                throw new AssertionError("a new connection was not reset");
              }
            })
        .isInstanceOf(SocketException.class);
    assertThat(echo.accepted()).isEqualTo(1);
  }

  @Test
  void whatWasCutIsHealed() throws IOException {
    proxy.set(new Fault.Cut());
    proxy.set(new Fault.None());
    try (var socket = connect()) {
      assertThat(echoed(socket, "back")).isEqualTo("back");
    }
  }

  @Test
  void aHalfOpenNodeAcceptsAndNeverAnswers() throws IOException {
    proxy.set(new Fault.HalfOpen());
    try (var socket = connect()) {
      socket.getOutputStream().write("hello".repeat(100_000).getBytes(StandardCharsets.UTF_8));
      socket.setSoTimeout(100);
      assertThatThrownBy(() -> socket.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);
    }
    assertThat(echo.accepted()).isZero();
  }

  @Test
  void aConnectionThatBecomesHalfOpenFallsSilentAndIsResetAfterwards() throws IOException {
    try (var socket = connect()) {
      assertThat(echoed(socket, "a")).isEqualTo("a");
      proxy.set(new Fault.HalfOpen());
      socket.getOutputStream().write('b');
      socket.setSoTimeout(100);
      assertThatThrownBy(() -> socket.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);
      socket.setSoTimeout(20_000);
      proxy.set(new Fault.None());
      assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketException.class);
    }
    try (var socket = connect()) {
      assertThat(echoed(socket, "c")).isEqualTo("c");
    }
  }

  @Test
  void aDelayHoldsBytesBackEachWay() throws IOException {
    try (var socket = connect()) {
      proxy.set(new Fault.Delay(Duration.ofMillis(150), Duration.ZERO));
      assertThat(millisFor(socket, "there")).isBetween(150L, 10_000L);
      proxy.set(new Fault.Delay(Duration.ofMillis(100), Duration.ofMillis(150)));
      assertThat(millisFor(socket, "and back")).isBetween(250L, 10_000L);
    }
  }

  @Test
  void aDelayEndsAtOnceWhenItIsSwitchedOff() throws IOException {
    try (var socket = connect()) {
      proxy.set(new Fault.Delay(Duration.ofHours(1), Duration.ZERO));
      socket.getOutputStream().write('a');
      proxy.set(new Fault.None());
      assertThat(socket.getInputStream().read()).isEqualTo('a');
    }
  }

  @Test
  void aThrottledLineTakesItsTime() throws IOException {
    proxy.set(new Fault.Throttle(20_000));
    try (var socket = connect()) {
      assertThat(millisFor(socket, "x".repeat(10_000))).isBetween(500L, 20_000L);
    }
  }

  @Test
  void whereNobodyListensAConnectionIsReset() throws IOException {
    echo.close();
    assertThatThrownBy(
            () -> {
              try (var socket = connect()) {
                echoed(socket, "a");
                socket.getInputStream().read();
                throw new AssertionError("somebody answered");
              }
            })
        .isInstanceOf(SocketException.class);
  }

  @Test
  void closingResetsWhatIsOpenAndTakesNoMore() throws IOException {
    try (var socket = connect()) {
      assertThat(echoed(socket, "a")).isEqualTo("a");
      proxy.close();
      assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketException.class);
    }
    assertThatThrownBy(this::connect).isInstanceOf(IOException.class);
    assertThat(proxy.connections()).isZero();
  }

  @Test
  void aThrottleNeedsARate() {
    assertThatThrownBy(() -> new Fault.Throttle(0))
        .hasMessage("bytesPerSecond must be 1 or more: 0");
  }

  @Test
  void theNodeMayComeLater() throws IOException {
    var port = echo.address().getPort();
    echo.close();
    try (var early = FaultProxy.before(URI.create("http://127.0.0.1:" + port));
        var late = new EchoServer(port);
        var socket = new Socket(InetAddress.getLoopbackAddress(), early.address().getPort())) {
      assertThat(echoed(socket, "late")).isEqualTo("late");
      assertThat(late.accepted()).isEqualTo(1);
    }
  }
}
