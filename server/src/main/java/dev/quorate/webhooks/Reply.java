package dev.quorate.webhooks;

import dev.quorate.json.Json;
import java.util.Optional;

/// What a subscriber answered.
record Reply(int status, String body) {

  /// What is wrong with it as the acknowledgement of the event with this id; empty for nothing.
  Optional<String> fault(String correlationId) {
    if (status / 100 != 2) return Optional.of("answered with status %d".formatted(status));
    try {
      var json = Json.parse(body);
      if (!json.path("status").asString("").equals("ack")) {
        return Optional.of("answered with no acknowledgement");
      }
      return json.path("correlation_id").asString("").equals(correlationId)
          ? Optional.empty()
          : Optional.of("acknowledged another correlation_id");
    } catch (RuntimeException _) {
      // Whatever it is, it comes from outside: not quoted, and no acknowledgement.
      return Optional.of("answered with something that is not JSON");
    }
  }
}
