package dev.quorate.cli;

/// Text of unknown origin, made harmless for a terminal: a memory must not be able to move the
/// cursor, change colours or reverse the reading direction of what is printed around it.
final class Printable {
  private Printable() {}

  /// The text without control characters other than line feed and tab.
  static String text(String text) {
    var out = new StringBuilder(text.length());
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      if (c == '\n' || c == '\t' || !isHarmful(c)) out.append(c);
    }
    return out.toString();
  }

  /// The text on one line.
  static String line(String text) {
    return text(text.replaceAll("[\\s\\u2028\\u2029]+", " ")).strip();
  }

  /// JSON with control characters escaped: the same values, since such a character can only stand
  /// inside of a string.
  static String json(CharSequence json) {
    var out = new StringBuilder(json.length());
    for (var i = 0; i < json.length(); i++) {
      var c = json.charAt(i);
      if (c == '\n' || c == '\t' || c == '\r' || !isHarmful(c)) out.append(c);
      else out.append(String.format("\\u%04x", (int) c));
    }
    return out.toString();
  }

  private static boolean isHarmful(char c) {
    return Character.isISOControl(c)
        || (c >= '\u202a' && c <= '\u202e')
        || (c >= '\u2066' && c <= '\u2069')
        || c == '\u2028'
        || c == '\u2029';
  }
}
