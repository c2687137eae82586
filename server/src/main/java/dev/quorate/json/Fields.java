package dev.quorate.json;

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
public final class Fields {
  /// What a missing member or one of the wrong type is answered with (api.md 1.0).
  public enum Strictness {
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

  public static Fields of(JsonNode body, Strictness strictness) {
    if (body instanceof ObjectNode object) return new Fields(object, strictness);
    throw wrong(strictness, "body", "a JSON object");
  }

  /// The body as a list of members, such as a bulk store has.
  public static List<Fields> list(JsonNode body, Strictness strictness) {
    if (!body.isArray()) throw wrong(strictness, "body", "a JSON array");
    var list = new ArrayList<Fields>(body.size());
    body.forEach(element -> list.add(of(element, strictness)));
    return list;
  }

  public String text(String name) {
    var value = optionalText(name);
    if (value == null) throw missing(name);
    return value;
  }

  public @Nullable String optionalText(String name) {
    var value = value(name);
    if (value == null) return null;
    if (!value.isString()) throw wrong(strictness, name, "a string");
    return value.asString();
  }

  public String text(String name, String otherwise) {
    var value = optionalText(name);
    return value == null ? otherwise : value;
  }

  public @Nullable Long optionalWhole(String name) {
    var value = value(name);
    if (value == null) return null;
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw wrong(strictness, name, "a whole number");
    }
    return value.asLong();
  }

  public long whole(String name) {
    var value = optionalWhole(name);
    if (value == null) throw missing(name);
    return value;
  }

  public long whole(String name, long otherwise) {
    var value = optionalWhole(name);
    return value == null ? otherwise : value;
  }

  public @Nullable Double optionalNumber(String name) {
    var value = value(name);
    if (value == null) return null;
    if (!value.isNumber()) throw wrong(strictness, name, "a number");
    // What is out of a double's range becomes infinite, for a rule to refuse.
    return value.decimalValue().doubleValue();
  }

  public @Nullable Boolean optionalFlag(String name) {
    var value = value(name);
    if (value == null) return null;
    if (!value.isBoolean()) throw wrong(strictness, name, "true or false");
    return value.asBoolean();
  }

  public boolean flag(String name) {
    var value = optionalFlag(name);
    if (value == null) throw missing(name);
    return value;
  }

  public @Nullable List<String> optionalTexts(String name) {
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

  public List<String> texts(String name) {
    var value = optionalTexts(name);
    if (value == null) throw missing(name);
    return value;
  }

  public @Nullable ObjectNode optionalObject(String name) {
    var value = value(name);
    if (value == null) return null;
    if (!(value instanceof ObjectNode object)) throw wrong(strictness, name, "an object");
    return object;
  }

  /// A list of objects that is taken as it is.
  public @Nullable JsonNode optionalObjects(String name) {
    var value = value(name);
    if (value == null) return null;
    var fits = value.isArray() && value.valueStream().allMatch(JsonNode::isObject);
    if (!fits) throw wrong(strictness, name, "a list of objects");
    return value;
  }

  public List<Fields> objects(String name) {
    var value = value(name);
    if (value == null) throw missing(name);
    if (!value.isArray()) throw wrong(strictness, name, "a list of objects");
    return list(value, strictness);
  }

  /// A member that is an RFC 3339 time; another text is 400.
  public @Nullable Instant optionalTime(String name) {
    var value = optionalText(name);
    return value == null ? null : time(name, value);
  }

  public Instant time(String name) {
    return time(name, text(name));
  }

  public static Instant time(String name, String text) {
    return Timestamps.parse(text)
        .orElseThrow(() -> new Invalid(name + " must be an RFC 3339 time with an offset"));
  }

  /// A member of any type; absent when null.
  public @Nullable JsonNode value(String name) {
    var value = body.get(name);
    return value == null || value.isNull() ? null : value;
  }

  /// Names of members that are not in `known`.
  public List<String> others(Set<String> known) {
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
