package dev.quorate.http;

import dev.quorate.failure.RequestFailure.Invalid;
import dev.quorate.http.transport.Request;
import dev.quorate.json.Fields;
import dev.quorate.memory.Rules;
import dev.quorate.memory.Tier;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The query parameters of a request, read by name and type. An empty one counts as absent; a value
/// of the wrong form is 400.
final class Parameters {
  private final Request request;

  private Parameters(Request request) {
    this.request = request;
  }

  static Parameters of(Request request) {
    return new Parameters(request);
  }

  @Nullable String text(String name) {
    return request.query(name).filter(value -> !value.isEmpty()).orElse(null);
  }

  /// A whole number; beyond `max` it counts as `max`, below `min` it is refused.
  int whole(String name, int otherwise, int min, int max) {
    var value = text(name);
    if (value == null) return otherwise;
    var number = whole(name, value);
    if (number < min) {
      throw new Invalid("%s must be at least %d: %d".formatted(name, min, number));
    }
    return (int) Math.min(number, max);
  }

  /// Reads a whole number in ASCII digits; a text that is none is 400.
  static long whole(String name, String value) {
    try {
      // The platform also takes a plus sign and the digits of other scripts.
      if (value.matches("-?[0-9]+")) return Long.parseLong(value);
    } catch (NumberFormatException _) {
      // Answered below, as any other text that is no number.
    }
    throw new Invalid("%s must be a whole number: %s".formatted(name, Rules.quote(value)));
  }

  boolean flag(String name) {
    var value = text(name);
    return switch (value) {
      case null -> false;
      case "true", "1" -> true;
      case "false", "0" -> false;
      default ->
          throw new Invalid("%s must be true or false: %s".formatted(name, Rules.quote(value)));
    };
  }

  @Nullable Instant time(String name) {
    // A plus sign in a query stands for a space, and times have one before their offset.
    var value = text(name);
    return value == null ? null : Fields.time(name, value.replace(' ', '+'));
  }

  @Nullable String namespace(String name) {
    var value = text(name);
    return value == null ? null : Rules.namespace(value);
  }

  @Nullable Tier tier(String name) {
    var value = text(name);
    return value == null ? null : Rules.tier(value);
  }

  @Nullable String tag(String name) {
    var value = text(name);
    return value == null ? null : Rules.tag(value);
  }

  @Nullable String agentId(String name) {
    var value = text(name);
    return value == null ? null : Rules.agentId(value);
  }
}
