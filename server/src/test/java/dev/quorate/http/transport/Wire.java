package dev.quorate.http.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.quorate.json.Json;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/// A client's end of a connection, that can send anything at all.
final class Wire implements AutoCloseable {
  private final Socket socket;
  private final InputStream in;

  private Wire(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
  }

  static Wire to(int port) {
    try {
      var socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setTcpNoDelay(true);
      socket.setSoTimeout((int) Loopback.PATIENCE.toMillis());
      return new Wire(socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  record Answer(int status, Map<String, String> headers, String text) {
    String header(String name) {
      return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }

    JsonNode json() {
      return Json.parse(text);
    }

    /// The sentence of a refusal, which has to be JSON.
    String error() {
      if (!header("Content-Type").equals("application/json")) {
        throw new AssertionError("not JSON: " + this);
      }
      return json().get("error").asString();
    }
  }

  Wire send(String text) {
    return send(text.getBytes(UTF_8));
  }

  Wire send(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Sends a request without a body.
  Wire get(String target, String... headers) {
    return send(head("GET", target, headers) + "\r\n");
  }

  /// Sends a JSON body.
  Wire post(String target, String json) {
    return post(target, json.getBytes(UTF_8), "Content-Type: application/json");
  }

  Wire post(String target, byte[] body, String... headers) {
    var head = head("POST", target, headers) + "Content-Length: " + body.length + "\r\n\r\n";
    var all = new ByteArrayOutputStream();
    all.writeBytes(head.getBytes(ISO_8859_1));
    all.writeBytes(body);
    return send(all.toByteArray());
  }

  static String head(String method, String target, String... headers) {
    var head = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n");
    for (var header : headers) head.append(header).append("\r\n");
    return head.toString();
  }

  /// Reads one answer, interim ones left out.
  Answer answer() {
    return answer(false);
  }

  /// Reads the answer to a `HEAD`.
  Answer answerToHead() {
    return answer(true);
  }

  /// Reads one line, such as that of an interim answer.
  String line() {
    try {
      var line = new ByteArrayOutputStream();
      for (var c = in.read(); c != '\n'; c = in.read()) {
        if (c < 0) throw new EOFException("the server closed the connection");
        if (c != '\r') line.write(c);
      }
      return line.toString(ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Reads until this text has come, and returns all that came.
  String readUntil(String text) {
    try {
      var all = new StringBuilder();
      while (all.indexOf(text) < 0) {
        var c = in.read();
        if (c < 0) throw new EOFException("the server closed the connection after " + all);
        all.append((char) c);
      }
      return all.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Reads exactly so many bytes.
  byte[] bytes(int length) {
    try {
      return exactly(length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Reads until the server closes the connection, gracefully or not.
  byte[] untilClosed() {
    var all = new ByteArrayOutputStream();
    try {
      in.transferTo(all);
    } catch (java.net.SocketTimeoutException e) {
      throw new AssertionError("the connection was not closed", e);
    } catch (IOException e) {
      // A reset is a close, too.
      return all.toByteArray();
    }
    return all.toByteArray();
  }

  /// Whether anything is there to be read.
  boolean hasAnswer() {
    try {
      return in.available() > 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Reads so many bytes and forgets them; returns how many there were.
  long skip(long bytes) {
    try {
      var skipped = 0L;
      for (var more = 1L; skipped < bytes && more > 0; skipped += more) {
        more = in.read(new byte[(int) Math.min(8_192, bytes - skipped)]);
      }
      return skipped;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void sendNoMore() throws IOException {
    socket.shutdownOutput();
  }

  private Answer answer(boolean toHead) {
    try {
      var status = Integer.parseInt(line().split(" ", 3)[1]);
      var headers = new TreeMap<String, String>();
      for (var line = line(); !line.isEmpty(); line = line()) {
        var colon = line.indexOf(':');
        headers.put(
            line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
      }
      if (status == 100) return answer(toHead);
      return new Answer(status, headers, toHead ? "" : new String(body(headers), UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] body(Map<String, String> headers) throws IOException {
    if (!headers.getOrDefault("transfer-encoding", "").equals("chunked")) {
      return exactly(Integer.parseInt(headers.getOrDefault("content-length", "0")));
    }
    var all = new ByteArrayOutputStream();
    while (true) {
      var length = Integer.parseInt(line(), 16);
      all.writeBytes(exactly(length));
      line();
      if (length == 0) return all.toByteArray();
    }
  }

  private byte[] exactly(int length) throws IOException {
    var bytes = in.readNBytes(length);
    if (bytes.length < length) throw new EOFException("the answer broke off");
    return bytes;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
