package dev.quorate.json;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The JSON mapper of this program and its canonical form. Thread-safe.
///
/// Parsing is strict: no duplicate keys, no trailing tokens, no `NaN`, nesting to [#DEPTH_MAX].
/// Numbers with a fraction stay decimal, so that reading and writing again gives the same digits.
public final class Json {
  /// The deepest nesting that is read at all; single fields have tighter limits of their own.
  public static final int DEPTH_MAX = 64;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEPTH_MAX)
                  .maxStringLength(4 << 20)
                  .maxNumberLength(400)
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          // Only text that is already known to be well-formed Unicode is written.
          .disable(JsonWriteFeature.ESCAPE_FORWARD_SLASHES)
          .build();

  /// For text that this program wrote.
  private static final JsonFactory TRUSTING =
      FACTORY.rebuild().disable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private static final JsonMapper MAPPER =
      JsonMapper.builder(FACTORY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private Json() {}

  public static JsonMapper mapper() {
    return MAPPER;
  }

  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /// Parses UTF-8 text. Throws Jackson's `JacksonException` (unchecked) for anything but one JSON
  /// value.
  public static JsonNode parse(byte[] utf8) {
    return strictly(() -> MAPPER.readTree(utf8));
  }

  public static JsonNode parse(String text) {
    return strictly(() -> MAPPER.readTree(text));
  }

  /// The text of one member of an object that is known to be well-formed, without making a tree of
  /// all of it; absent where there is none or it is no text.
  public static @Nullable String memberText(String object, String name) {
    try (var parser = TRUSTING.createParser(ObjectReadContext.empty(), object)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        var wanted = parser.currentName().equals(name);
        var value = parser.nextToken();
        if (wanted) return value == JsonToken.VALUE_STRING ? parser.getString() : null;
        parser.skipChildren();
      }
      return null;
    }
  }

  /// The members of an object that is known to be well-formed, without making a tree of it: text as
  /// it reads, everything else as it stands there.
  public static Map<String, String> members(String object) {
    var members = new HashMap<String, String>();
    try (var parser = TRUSTING.createParser(ObjectReadContext.empty(), object)) {
      parser.nextToken();
      for (var name = parser.nextName(); name != null; name = parser.nextName()) {
        var value = parser.nextToken();
        members.put(name, value.isStructStart() ? standing(parser, object) : parser.getString());
      }
    }
    return members;
  }

  /// The items of an array of text that is known to be well-formed.
  public static List<String> texts(String array) {
    if (array.equals("[]")) return List.of();
    var texts = new ArrayList<String>();
    try (var parser = TRUSTING.createParser(ObjectReadContext.empty(), array)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.VALUE_STRING) texts.add(parser.getString());
    }
    return texts;
  }

  private static String standing(JsonParser parser, String text) {
    var start = parser.currentTokenLocation().getCharOffset();
    parser.skipChildren();
    var end = parser.currentLocation().getCharOffset();
    return text.substring(Math.toIntExact(start), Math.toIntExact(end));
  }

  private static JsonNode strictly(Supplier<JsonNode> parsing) {
    try {
      return parsing.get();
    } catch (NumberFormatException e) {
      // Jackson lets an exponent beyond all limits through as it is.
      throw new StreamReadException(null, "a number is out of range", e);
    }
  }

  /// The canonical text of a value: keys sorted by code unit, no white space, numbers in plain
  /// notation without trailing zeros. Parsing and rendering it again gives the same text.
  public static String canonical(JsonNode value) {
    var out = new StringBuilder(256);
    writeCanonical(value, out);
    return out.toString();
  }

  public static byte[] utf8(JsonNode value) {
    return MAPPER.writeValueAsBytes(value);
  }

  public static String text(JsonNode value) {
    return MAPPER.writeValueAsString(value);
  }

  public static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void writeCanonical(JsonNode value, StringBuilder out) {
    if (value.isObject()) {
      out.append('{');
      var first = true;
      var keys = new ArrayList<String>(value.size());
      value.propertyNames().forEach(keys::add);
      keys.sort(null);
      for (var key : keys) {
        if (!first) out.append(',');
        first = false;
        CanonicalText.quote(key, out);
        out.append(':');
        writeCanonical(value.get(key), out);
      }
      out.append('}');
    } else if (value.isArray()) {
      out.append('[');
      for (var i = 0; i < value.size(); i++) {
        if (i > 0) out.append(',');
        writeCanonical(value.get(i), out);
      }
      out.append(']');
    } else if (value.isString()) {
      CanonicalText.quote(value.asString(), out);
    } else if (value.isNumber()) {
      out.append(number(value.decimalValue()));
    } else {
      out.append(value.toString());
    }
  }

  /// A number's canonical digits: scientific notation only where plain digits would be longer than
  /// 40.
  static String number(BigDecimal number) {
    if (number.signum() == 0) return "0";
    var plain = number.stripTrailingZeros();
    return Math.abs((long) plain.scale()) > 40 ? plain.toString() : plain.toPlainString();
  }
}
