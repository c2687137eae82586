package dev.quorate.json;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;

/// Whether JSON from outside is whole text: strict UTF-8, and no half of a surrogate pair in any
/// string, which could not be written again as it was read.
public final class WellFormed {
  private WellFormed() {}

  public static boolean isUtf8(byte[] body) {
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

  /// Whether every string and name of `json` is whole code points.
  ///
  /// @param body the UTF-8 text that `json` was parsed from
  public static boolean hasWholeCharacters(byte[] body, JsonNode json) {
    return !mayEscapeSurrogates(body) || isWellFormed(json);
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
