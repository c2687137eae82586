package dev.quorate.localmesh;

import dev.quorate.failure.NodeFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/// Ports on loopback that nobody has. Somebody may take one before it is used; whoever then starts
/// there says so.
public final class FreePorts {
  private static final int PORT_MAX = 65_535;

  private FreePorts() {}

  /// So many different ports that are free now.
  ///
  /// @throws NodeFailure if the machine has none
  public static List<Integer> find(int count) {
    var sockets = new ArrayList<ServerSocket>();
    try {
      for (var i = 0; i < count; i++) sockets.add(bind(0));
      return sockets.stream().map(ServerSocket::getLocalPort).toList();
    } catch (IOException e) {
      throw new NodeFailure("there is no free port on loopback: " + e.getMessage(), e);
    } finally {
      sockets.forEach(FreePorts::close);
    }
  }

  /// So many ports from this one on, all of which are free now.
  ///
  /// @throws NodeFailure if one of them is taken
  public static List<Integer> from(int first, int count) {
    var ports = new ArrayList<Integer>();
    for (var port = first; port < first + count; port++) {
      if (port < 1 || port > PORT_MAX) {
        throw new NodeFailure("a port is 1..%d: %d".formatted(PORT_MAX, port));
      }
      try {
        bind(port).close();
      } catch (IOException e) {
        throw new NodeFailure(
            "port %d on loopback is taken; choose others with --port".formatted(port), e);
      }
      ports.add(port);
    }
    return ports;
  }

  private static ServerSocket bind(int port) throws IOException {
    return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
  }

  private static void close(ServerSocket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new NodeFailure("a port that was looked at stays taken: " + e.getMessage(), e);
    }
  }
}
