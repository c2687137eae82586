package dev.quorate.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// A server that does next to nothing, to measure what the load generator costs: it answers every
/// request with one id and a count, after so many milliseconds. Started by hand with a port (0 for
/// any) and the delay; it prints its address.
///
/// It takes one read for one request, which holds on loopback for requests of a few kilobytes.
public final class Responder {
  private static final byte[] TO_GET = answer("200 OK");
  private static final byte[] TO_POST = answer("201 Created");

  private Responder() {}

  public static void main(String[] arguments) throws IOException {
    var port = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 0;
    var delay = Duration.ofMillis(arguments.length > 1 ? Long.parseLong(arguments[1]) : 0);
    try (var server = new ServerSocket(port, 1_024, InetAddress.getLoopbackAddress())) {
      System.out.println("http://127.0.0.1:" + server.getLocalPort());
      while (true) {
        var socket = server.accept();
        Thread.ofPlatform().daemon().start(() -> serve(socket, delay.toNanos()));
      }
    }
  }

  private static void serve(Socket socket, long delayNanos) {
    var buffer = new byte[1 << 16];
    try (socket) {
      socket.setTcpNoDelay(true);
      var in = socket.getInputStream();
      var out = socket.getOutputStream();
      for (var count = in.read(buffer); count > 0; count = in.read(buffer)) {
        if (delayNanos > 0) LockSupport.parkNanos(delayNanos);
        out.write(buffer[0] == 'P' ? TO_POST : TO_GET);
      }
    } catch (IOException e) {
      System.err.println(e.getMessage());
    }
  }

  private static byte[] answer(String status) {
    var body = "{\"id\":\"0190a0b0-1111-7222-8333-444455556666\",\"tier\":\"mid\",\"count\":1}";
    return "HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
        .formatted(status, body.length(), body)
        .getBytes(StandardCharsets.US_ASCII);
  }
}
