package dev.quorate.testkit;

import java.io.IOException;
import java.net.Socket;

/// Ends of connections.
final class Sockets {
  private Sockets() {}

  /// Closes a socket in the way that the other side sees a reset.
  static void reset(Socket socket) {
    try {
      if (socket.isConnected() && !socket.isClosed()) socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      // It was closed by the other side meanwhile.
    }
  }
}
