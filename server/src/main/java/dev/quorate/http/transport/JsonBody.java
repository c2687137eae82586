package dev.quorate.http.transport;

import dev.quorate.failure.RequestFailure;
import dev.quorate.json.Json;
import dev.quorate.json.WellFormed;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.JsonNode;

/// Reads a request body as JSON: strict UTF-8, whole code points only, bounded depth. A refusal
/// says where the text went wrong and never repeats it.
final class JsonBody {
  private static final String MALFORMED = "malformed JSON body";

  private JsonBody() {}

  static JsonNode parse(Optional<String> contentType, byte[] body) {
    if (!isJson(contentType)) {
      throw new RequestFailure.UnsupportedMedia("expected Content-Type: application/json");
    }
    if (body.length == 0) throw new RequestFailure.Invalid(MALFORMED + ": it is empty");
    if (!WellFormed.isUtf8(body)) throw new RequestFailure.Invalid(MALFORMED + ": it is not UTF-8");
    JsonNode json;
    try {
      json = Json.parse(body);
    } catch (StreamConstraintsException e) {
      throw new RequestFailure.Invalid(
          "JSON body is nested deeper than "
              + Json.DEPTH_MAX
              + " or has an overlong number or name",
          position(e));
    } catch (JacksonException e) {
      throw new RequestFailure.Invalid(MALFORMED, position(e));
    }
    // Only white space or nothing.
    if (json.isMissingNode()) throw new RequestFailure.Invalid(MALFORMED + ": it is empty");
    if (!WellFormed.hasWholeCharacters(body, json)) {
      throw new RequestFailure.Invalid(MALFORMED + ": a string holds a lone surrogate");
    }
    return json;
  }

  /// Whether a content type names JSON in the only encoding that it has.
  static boolean isJson(Optional<String> contentType) {
    if (contentType.isEmpty()) return false;
    var parts = contentType.get().split(";", -1);
    if (!parts[0].strip().equalsIgnoreCase("application/json")) return false;
    for (var i = 1; i < parts.length; i++) {
      var parameter = parts[i].strip().toLowerCase(Locale.ROOT);
      if (parameter.startsWith("charset=")) {
        var charset = parameter.substring("charset=".length()).replace("\"", "");
        if (!charset.equals("utf-8")) return false;
      }
    }
    return true;
  }

  private static Map<String, Object> position(JacksonException e) {
    var location = e.getLocation();
    return location == null
        ? Map.of()
        : Map.of("line", location.getLineNr(), "column", location.getColumnNr());
  }
}
