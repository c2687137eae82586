package dev.quorate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.testkit.TestNode;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Starts that something else stands in the way of.
class StartRefusedIT {
  @TempDir Path data;
  @TempDir Path files;

  @Test
  void aSecondNodeOnOneDirectoryIsRefused() throws Exception {
    try (var first = TestNode.start(data)) {
      assertThat(StartRefusal.of(files, data)).contains(data.toString(), "in use");
      assertThat(first.client().get("/api/v1/health").status()).isEqualTo(200);
    }
  }

  @Test
  void aPortInUseIsRefused() throws Exception {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var port = Integer.toString(socket.getLocalPort());
      assertThat(StartRefusal.of(files, data, "--port", port))
          .contains("127.0.0.1", port, "in use");
    }
  }

  @Test
  void aSettingOutOfItsRangeIsRefused() throws Exception {
    assertThat(StartRefusal.of(files, data, "--port", "65536")).contains("http.port", "65536");
    assertThat(StartRefusal.of(files, data, "--node-id", "a b")).contains("node-id", "a b");
  }
}
