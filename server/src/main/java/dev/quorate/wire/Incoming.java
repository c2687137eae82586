package dev.quorate.wire;

import dev.quorate.failure.RequestFailure.Invalid;
import dev.quorate.failure.RequestFailure.Unprocessable;
import dev.quorate.json.Fields;
import dev.quorate.json.Fields.Strictness;
import dev.quorate.json.Json;
import dev.quorate.json.WellFormed;
import dev.quorate.memory.Rules;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Bytes from another node on their way to becoming a value: whatever is wrong with their shape
/// refuses them as a whole, in the words of ai-memory, and never repeats them.
final class Incoming {
  private final String route;

  /// Reads the bodies of one route.
  ///
  /// @param route its name in a refusal, such as `sync_push`
  Incoming(String route) {
    this.route = route;
  }

  String route() {
    return route;
  }

  <T> T read(byte[] bytes, Function<Fields, T> reading) {
    try {
      return reading.apply(Fields.of(json(bytes), Strictness.FRAMEWORK));
    } catch (Unprocessable e) {
      throw malformed(String.valueOf(e.getMessage()));
    }
  }

  Invalid malformed(String why) {
    return new Invalid("malformed %s body: %s".formatted(route, why));
  }

  private JsonNode json(byte[] bytes) {
    if (!WellFormed.isUtf8(bytes)) throw malformed("it is not UTF-8");
    JsonNode json;
    try {
      json = Json.parse(bytes);
    } catch (JacksonException e) {
      var location = e.getLocation();
      throw malformed(
          location == null
              ? "it is not JSON"
              : "it is not JSON at line %d, column %d"
                  .formatted(location.getLineNr(), location.getColumnNr()));
    }
    if (json.isMissingNode()) throw malformed("it is empty");
    if (!WellFormed.hasWholeCharacters(bytes, json)) {
      throw malformed("a string holds a lone surrogate");
    }
    return json;
  }

  static Fields object(Fields fields, String name) {
    var object = fields.optionalObject(name);
    if (object == null) throw new Unprocessable("missing required field: " + name);
    return Fields.of(object, Strictness.FRAMEWORK);
  }

  static long within(String name, long number, long min, long max) {
    if (number < min || number > max) {
      throw new Invalid("%s must be %d..%d: %d".formatted(name, min, max, number));
    }
    return number;
  }

  static String epoch(String epoch) {
    return Rules.id("epoch", epoch);
  }

  static String epochOrNone(String epoch) {
    return epoch.isEmpty() ? epoch : epoch(epoch);
  }
}
