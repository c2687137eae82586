package dev.quorate.http;

import dev.quorate.failure.RequestFailure.Invalid;
import dev.quorate.failure.RequestFailure.UnsupportedMedia;
import dev.quorate.http.transport.Request;
import dev.quorate.http.transport.Response;
import dev.quorate.json.Json;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;

/// Bodies in and out.
final class Bodies {
  private Bodies() {}

  /// The body of the route that stores a memory, which answers a wrong content type with 400.
  static JsonNode tidy(Request request) {
    try {
      return request.json();
    } catch (UnsupportedMedia e) {
      throw new Invalid("expected Content-Type: application/json");
    }
  }

  static Response json(int status, String text) {
    return Response.json(status, text.getBytes(StandardCharsets.UTF_8));
  }

  static Response json(int status, JsonNode value) {
    return Response.json(status, Json.utf8(value));
  }
}
