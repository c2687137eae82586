package dev.quorate.cli;

import dev.quorate.json.Json;
import java.net.URI;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// What a node answered.
///
/// @param retryAfter the header, empty if there was none
record Reply(URI node, int status, String text, String retryAfter) {
  /// This reply, if it is a success.
  Reply orFail() {
    if (status >= 200 && status < 300) return this;
    throw failure();
  }

  JsonNode json() {
    try {
      return Json.parse(text);
    } catch (JacksonException _) {
      throw CommandFailure.failed(
          "%s answered something that is not JSON; is it a Quorate node?".formatted(node));
    }
  }

  CommandFailure failure() {
    var hint = status == 401 ? " (--api-key or QUORATE_API_KEY gives one)" : "";
    return CommandFailure.failed(sentence() + hint);
  }

  /// Why the node did not do it, as far as it says.
  String sentence() {
    try {
      var json = Json.parse(text);
      var error = json.path("error").asString("");
      if (error.isEmpty()) return bare();
      var reason = json.path("reason").asString("");
      return reason.isEmpty() ? error : error + ": " + reason;
    } catch (JacksonException _) {
      return bare();
    }
  }

  private String bare() {
    return "%s answered with status %d".formatted(node, status);
  }
}
