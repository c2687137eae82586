package dev.quorate.http.transport;

import dev.quorate.json.Json;
import io.helidon.common.buffers.BufferData;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;

/// Answers to clients whose request Helidon never gets to see in full, as bytes of HTTP/1.1. Each
/// is the last of its connection.
final class RawAnswer {
  private RawAnswer() {}

  /// The request did not arrive in time.
  static BufferData late(HttpLimits limits) {
    var sentence = "request was not received within " + limits.receiveMillis() + " ms";
    return answer("408 Request Timeout", Refusals.body(sentence));
  }

  /// There are as many connections as there may be.
  static BufferData overloaded(HttpLimits limits) {
    var reason = "the limit of " + limits.connectionsMax() + " connections is reached";
    return answer(
        "503 Service Unavailable\r\nRetry-After: 1",
        Refusals.body("overloaded").put("reason", reason));
  }

  private static BufferData answer(String statusAndHeaders, JsonNode body) {
    var json = Json.utf8(body);
    var head =
        "HTTP/1.1 "
            + statusAndHeaders
            + "\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: "
            + json.length
            + "\r\n\r\n";
    return BufferData.create(
        BufferData.create(head.getBytes(StandardCharsets.US_ASCII)), BufferData.create(json));
  }
}
