package dev.quorate.http.transport;

import dev.quorate.failure.RequestFailure;
import dev.quorate.json.Json;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
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
    if (!isUtf8(body)) throw new RequestFailure.Invalid(MALFORMED + ": it is not UTF-8");
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
    if (mayEscapeSurrogates(body) && !isWellFormed(json)) {
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

  private static boolean isUtf8(byte[] body) {
    // A zero among the first bytes would make the parser guess UTF-16 or UTF-32.
    for (var i = 0; i < Math.min(4, body.length); i++) {
      if (body[i] == 0) return false;
    }
    if (isAscii(body)) return true;
    var decoder = StandardCharsets.UTF_8.newDecoder();
    var in = ByteBuffer.wrap(body);
    var scratch = CharBuffer.allocate(Math.min(body.length, 8192));
    while (true) {
      var result = decoder.decode(in, scratch.clear(), true);
      if (result.isError()) return false;
      if (result.isUnderflow()) return true;
    }
  }

  private static boolean isAscii(byte[] body) {
    for (var b : body) {
      if (b < 0) return false;
    }
    return true;
  }

  /// Raw UTF-8 cannot hold a surrogate, so only a body with an escape of one needs the look at
  /// every string.
  private static boolean mayEscapeSurrogates(byte[] body) {
    for (var i = 0; i + 3 < body.length; i++) {
      if (body[i] == '\\' && body[i + 1] == 'u' && (body[i + 2] | 0x20) == 'd') return true;
    }
    return false;
  }

  private static boolean isWellFormed(JsonNode node) {
    if (node.isString()) return isWellFormed(node.asString());
    if (node.isObject()) {
      for (var member : node.properties()) {
        if (!isWellFormed(member.getKey()) || !isWellFormed(member.getValue())) return false;
      }
    } else if (node.isArray()) {
      for (var item : node) {
        if (!isWellFormed(item)) return false;
      }
    }
    return true;
  }

  private static boolean isWellFormed(String text) {
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        return false;
      }
    }
    return true;
  }
}
