package dev.quorate.http.transport;

import dev.quorate.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What a handler answers: a status, headers, and a body that is either at hand or written as a
/// stream. Immutable.
public final class Response {
  static final String JSON = "application/json";

  private final int status;
  private final @Nullable String contentType;
  private final Map<String, String> headers;
  private final byte[] bytes;
  private final @Nullable Writer writer;
  private final boolean endless;

  private Response(
      int status,
      @Nullable String contentType,
      Map<String, String> headers,
      byte[] bytes,
      @Nullable Writer writer,
      boolean endless) {
    this.status = status;
    this.contentType = contentType;
    this.headers = headers;
    this.bytes = bytes;
    this.writer = writer;
    this.endless = endless;
  }

  /// Writes a body of any length. Runs after the handler has returned, outside its time limit; each
  /// 64 KiB must be accepted by the client in time.
  @FunctionalInterface
  public interface Writer {
    void write(OutputStream out) throws IOException;
  }

  public static Response json(int status, JsonNode body) {
    return json(status, Json.utf8(body));
  }

  /// A body that is JSON already, in UTF-8.
  public static Response json(int status, byte[] utf8) {
    return new Response(status, JSON, Map.of(), utf8, null, false);
  }

  public static Response text(int status, String body) {
    return text(status, "text/plain; charset=utf-8", body);
  }

  public static Response text(int status, String contentType, String body) {
    var utf8 = body.getBytes(StandardCharsets.UTF_8);
    return new Response(status, contentType, Map.of(), utf8, null, false);
  }

  /// A body without a known length. If the writer fails before anything has left, the answer is
  /// 500; after that the connection or stream is broken off, so that the client cannot take a part
  /// for the whole.
  public static Response stream(int status, String contentType, Writer writer) {
    return new Response(status, contentType, Map.of(), new byte[0], writer, false);
  }

  /// Server-sent events: a body that goes on until the writer ends it, or the client does not read
  /// or is gone, which is no failure. The writer flushes what is to leave at once. One that throws
  /// a [dev.quorate.failure.RequestFailure] before it has written anything gives that as the
  /// answer.
  public static Response events(Writer writer) {
    var headers = Map.of("Cache-Control", "no-store");
    return new Response(200, "text/event-stream", headers, new byte[0], writer, true);
  }

  /// An answer without a body, such as 204.
  public static Response empty(int status) {
    return new Response(status, null, Map.of(), new byte[0], null, false);
  }

  /// The same answer with one more header, or with another value of it.
  public Response with(String name, String value) {
    if (value.chars().anyMatch(c -> c < 0x20 || c > 0x7e)) {
      throw new IllegalArgumentException("header " + name + " is not printable ASCII");
    }
    var all = new LinkedHashMap<>(headers);
    all.put(name, value);
    return new Response(
        status, contentType, Collections.unmodifiableMap(all), bytes, writer, endless);
  }

  public int status() {
    return status;
  }

  public Map<String, String> headers() {
    return headers;
  }

  /// The body, empty for one that is streamed. Not to be changed.
  public byte[] bytes() {
    return bytes;
  }

  @Nullable String contentType() {
    return contentType;
  }

  @Nullable Writer writer() {
    return writer;
  }

  /// Whether nobody knows how long the body will be.
  boolean isEndless() {
    return endless;
  }
}
