package dev.quorate.acceptance;

import dev.quorate.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Iterator;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// A client that listens to server-sent events.
final class Events implements AutoCloseable {
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final HttpResponse<Stream<String>> response;
  private final Iterator<String> lines;
  private String lastId = "";
  private String name = "";

  Events(URI node, String path, String... headers) {
    var request = HttpRequest.newBuilder(URI.create(node + path));
    request.header("Accept", "text/event-stream");
    if (headers.length > 0) request.headers(headers);
    try {
      response = http.send(request.build(), BodyHandlers.ofLines());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a stream began", e);
    }
    lines = response.body().iterator();
  }

  int status() {
    return response.statusCode();
  }

  /// The data of the next event.
  JsonNode next() {
    while (lines.hasNext()) {
      var line = lines.next();
      if (line.isEmpty()) name = "";
      if (line.startsWith("id: ")) lastId = line.substring(4);
      if (line.startsWith("event: ")) name = line.substring(7);
      if (line.startsWith("data: ")) return Json.parse(line.substring(6));
    }
    throw new AssertionError("the stream ended");
  }

  /// The first id, which comes before any event.
  String firstId() {
    while (lines.hasNext()) {
      var line = lines.next();
      if (line.startsWith("data: ")) break;
      if (line.startsWith("id: ")) return line.substring(4);
    }
    throw new AssertionError("no id came before the first event");
  }

  /// What the last event is called, empty for nothing.
  String name() {
    return name;
  }

  /// Everything to the end of the stream, which has to be one in order.
  String rest() {
    var rest = new StringBuilder();
    lines.forEachRemaining(line -> rest.append(line).append('\n'));
    return rest.toString();
  }

  String lastId() {
    return lastId;
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
