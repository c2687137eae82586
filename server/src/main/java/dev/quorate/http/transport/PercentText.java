package dev.quorate.http.transport;

import dev.quorate.failure.RequestFailure;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// Text as it stands in a URL.
final class PercentText {
  private PercentText() {}

  /// Decodes a path segment.
  static String segment(String raw, String what) {
    return decode(raw, false, what);
  }

  /// Decodes a name or a value of a query, where `+` is a space.
  static String query(String raw, String what) {
    return decode(raw, true, what);
  }

  private static String decode(String raw, boolean plusIsSpace, String what) {
    if (isPlain(raw, plusIsSpace)) return raw;
    var bytes = new byte[raw.length()];
    var length = 0;
    for (var i = 0; i < raw.length(); i++) {
      var c = raw.charAt(i);
      if (c == '%') {
        if (i + 2 >= raw.length()
            || !HexFormat.isHexDigit(raw.charAt(i + 1))
            || !HexFormat.isHexDigit(raw.charAt(i + 2))) {
          throw invalid(what);
        }
        bytes[length++] = (byte) HexFormat.fromHexDigits(raw, i + 1, i + 3);
        i += 2;
      } else if (!isPrintable(c)) {
        throw invalid(what);
      } else {
        bytes[length++] = (byte) (plusIsSpace && c == '+' ? ' ' : c);
      }
    }
    try {
      // A new decoder reports malformed input; it takes encoded surrogates for malformed too.
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, 0, length))
          .toString();
    } catch (CharacterCodingException e) {
      throw invalid(what);
    }
  }

  private static boolean isPlain(String raw, boolean plusIsSpace) {
    for (var i = 0; i < raw.length(); i++) {
      var c = raw.charAt(i);
      if (c == '%' || !isPrintable(c) || (plusIsSpace && c == '+')) return false;
    }
    return true;
  }

  private static boolean isPrintable(char c) {
    return c > 0x20 && c < 0x7f;
  }

  private static RequestFailure.Invalid invalid(String what) {
    return new RequestFailure.Invalid(what + " is not percent-encoded UTF-8");
  }
}
