package dev.quorate.http;

import dev.quorate.failure.RequestFailure;
import dev.quorate.failure.RequestFailure.Invalid;
import dev.quorate.failure.RequestFailure.Unprocessable;
import dev.quorate.time.Timestamps;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The members of a JSON body, read by name and type. A member that is null counts as absent;
/// members that nobody asks for are ignored.
final class Fields {
  /// What a missing member or one of the wrong type is answered with (api.md 1.0).
  enum Strictness {
    /// 400, on the route that stores a memory.
    TIDY,
    /// 422, everywhere else.
    FRAMEWORK
  }

  private final ObjectNode body;
  private final Strictness strictness;

  private Fields(ObjectNode body, Strictness strictness) {
    this.body = body;
    this.strictness = strictness;
  }

  static Fields of(JsonNode body, Strictness strictness) {
    if (body instanceof ObjectNode object) return new Fields(object, strictness);
    throw wrong(strictness, "body", "a JSON object");
  }

  /// The body as a list of members, such as a bulk store has.
  static List<Fields> list(JsonNode body, Strictness strictness) {
    if (!body.isArray()) throw wrong(strictness, "body", "a JSON array");
    var list = new ArrayList<Fields>(body.size());
    body.forEach(element -> list.add(of(element, strictness)));
    return list;
  }

  String text(String name) {
    var value = optionalText(name);
    if (value == null) throw missing(name);
    return value;
  }

  @Nullable String optionalText(String name) {
    var value = value(name);
    if (value == null) return null;
    if (!value.isString()) throw wrong(strictness, name, "a string");
    return value.asString();
  }

  String text(String name, String otherwise) {
    var value = optionalText(name);
    return value == null ? otherwise : value;
  }

  @Nullable Long optionalWhole(String name) {
    var value = value(name);
    if (value == null) return null;
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw wrong(strictness, name, "a whole number");
    }
    return value.asLong();
  }

  long whole(String name, long otherwise) {
    var value = optionalWhole(name);
    return value == null ? otherwise : value;
  }

  @Nullable Double optionalNumber(String name) {
    var value = value(name);
    if (value == null) return null;
    if (!value.isNumber()) throw wrong(strictness, name, "a number");
    // What is out of a double's range becomes infinite, for a rule to refuse.
    return value.decimalValue().doubleValue();
  }

  @Nullable Boolean optionalFlag(String name) {
    var value = value(name);
    if (value == null) return null;
    if (!value.isBoolean()) throw wrong(strictness, name, "true or false");
    return value.asBoolean();
  }

  @Nullable List<String> optionalTexts(String name) {
    var value = value(name);
    if (value == null) return null;
    if (!value.isArray()) throw wrong(strictness, name, "a list of strings");
    var texts = new ArrayList<String>(value.size());
    for (var element : value) {
      if (!element.isString()) throw wrong(strictness, name, "a list of strings");
      texts.add(element.asString());
    }
    return texts;
  }

  List<String> texts(String name) {
    var value = optionalTexts(name);
    if (value == null) throw missing(name);
    return value;
  }

  @Nullable ObjectNode optionalObject(String name) {
    var value = value(name);
    if (value == null) return null;
    if (!(value instanceof ObjectNode object)) throw wrong(strictness, name, "an object");
    return object;
  }

  /// A list of objects that is taken as it is.
  @Nullable JsonNode optionalObjects(String name) {
    var value = value(name);
    if (value == null) return null;
    var fits = value.isArray() && value.valueStream().allMatch(JsonNode::isObject);
    if (!fits) throw wrong(strictness, name, "a list of objects");
    return value;
  }

  List<Fields> objects(String name) {
    var value = value(name);
    if (value == null) throw missing(name);
    if (!value.isArray()) throw wrong(strictness, name, "a list of objects");
    return list(value, strictness);
  }

  /// A member that is an RFC 3339 time; another text is 400.
  @Nullable Instant optionalTime(String name) {
    var value = optionalText(name);
    return value == null ? null : time(name, value);
  }

  Instant time(String name) {
    return time(name, text(name));
  }

  static Instant time(String name, String text) {
    return Timestamps.parse(text)
        .orElseThrow(() -> new Invalid(name + " must be an RFC 3339 time with an offset"));
  }

  /// A member of any type; absent when null.
  @Nullable JsonNode value(String name) {
    var value = body.get(name);
    return value == null || value.isNull() ? null : value;
  }

  /// Names of members that are not in `known`.
  List<String> others(Set<String> known) {
    return body.propertyNames().stream().filter(name -> !known.contains(name)).sorted().toList();
  }

  private RequestFailure missing(String name) {
    var sentence = "missing required field: " + name;
    return switch (strictness) {
      case TIDY -> new Invalid(sentence);
      case FRAMEWORK -> new Unprocessable(sentence);
    };
  }

  private static RequestFailure wrong(Strictness strictness, String name, String expected) {
    var sentence = "%s must be %s".formatted(name, expected);
    return switch (strictness) {
      case TIDY ->
          new Invalid("invalid request body", Map.of("fields", List.of(name), "reason", sentence));
      case FRAMEWORK -> new Unprocessable(sentence);
    };
  }
}
