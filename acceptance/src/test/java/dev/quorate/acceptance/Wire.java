package dev.quorate.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.quorate.testkit.Answer;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A connection that sends requests as they are given, also such as no client library would let
/// through. It is kept between calls until the node ends it.
final class Wire implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 30_000;

  private final URI address;
  private @Nullable Socket socket;
  private @Nullable InputStream in;

  Wire(URI address) {
    this.address = address;
  }

  /// Sends a request and returns what it is answered.
  Answer send(Call call) {
    try {
      begin(call);
      finish(call);
      return receive(call.method());
    } catch (IOException e) {
      close();
      throw new UncheckedIOException(e);
    }
  }

  /// Sends the head of a request and none of its body.
  void begin(Call call) throws IOException {
    if (socket == null) connect();
    var head = new StringBuilder();
    head.append(call.method()).append(' ').append(call.target()).append(" HTTP/1.1\r\n");
    head.append("Host: ").append(address.getAuthority()).append("\r\n");
    for (var i = 0; i < call.headers().size(); i += 2) {
      head.append(call.headers().get(i)).append(": ").append(call.headers().get(i + 1));
      head.append("\r\n");
    }
    var body = call.body();
    if (body != null) head.append("Content-Length: ").append(body.length).append("\r\n");
    write(head.append("\r\n").toString().getBytes(UTF_8));
  }

  /// Sends the body of a request that was begun.
  void finish(Call call) throws IOException {
    var body = call.body();
    if (body == null) return;
    try {
      write(body);
    } catch (IOException e) {
      // A node that refuses a body may stop reading it; its answer is there all the same.
    }
  }

  Answer receive(String method) throws IOException {
    var status = Integer.parseInt(line().split(" ", -1)[1]);
    var headers = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
    for (var line = line(); !line.isEmpty(); line = line()) {
      var colon = line.indexOf(':');
      headers
          .computeIfAbsent(line.substring(0, colon), _ -> new ArrayList<>())
          .add(line.substring(colon + 1).strip());
    }
    var found = HttpHeaders.of(headers, (_, _) -> true);
    if (found.firstValue("Content-Type").orElse("").equals("text/event-stream")) {
      // It has no end to be waited for.
      close();
      return new Answer(status, found, new byte[0]);
    }
    var body = method.equals("HEAD") ? new byte[0] : body(found);
    if (found.firstValue("Connection").orElse("").equalsIgnoreCase("close")) close();
    return new Answer(status, found, body);
  }

  private byte[] body(HttpHeaders headers) throws IOException {
    var length = headers.firstValue("Content-Length");
    if (length.isPresent()) return bytes(Integer.parseInt(length.get()));
    if (!headers.firstValue("Transfer-Encoding").orElse("").equals("chunked")) return new byte[0];
    var all = new ByteArrayOutputStream();
    for (var size = chunk(); size > 0; size = chunk()) {
      all.write(bytes(size));
      line();
    }
    line();
    return all.toByteArray();
  }

  private int chunk() throws IOException {
    return Integer.parseInt(line().split(";", -1)[0].strip(), 16);
  }

  private void connect() throws IOException {
    var opened = new Socket(address.getHost(), address.getPort());
    opened.setSoTimeout(TIMEOUT_MILLIS);
    opened.setTcpNoDelay(true);
    socket = opened;
    in = new BufferedInputStream(opened.getInputStream());
  }

  private void write(byte[] bytes) throws IOException {
    var open = socket;
    if (open == null) throw new EOFException("the connection was ended");
    open.getOutputStream().write(bytes);
  }

  private byte[] bytes(int count) throws IOException {
    var bytes = incoming().readNBytes(count);
    if (bytes.length < count) throw new EOFException("the answer broke off");
    return bytes;
  }

  private String line() throws IOException {
    var line = new ByteArrayOutputStream();
    for (var b = incoming().read(); b != '\n'; b = incoming().read()) {
      if (b < 0) throw new EOFException("the answer broke off");
      if (b != '\r') line.write(b);
    }
    return line.toString(UTF_8);
  }

  private InputStream incoming() throws IOException {
    var open = in;
    if (open == null) throw new EOFException("the connection was ended");
    return open;
  }

  @Override
  public void close() {
    try {
      if (socket != null) socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      socket = null;
      in = null;
    }
  }
}
