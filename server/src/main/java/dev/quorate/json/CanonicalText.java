package dev.quorate.json;

/// How text stands inside canonical JSON: `"` and `\` escaped, control characters by their hex or
/// short escape, everything else as itself.
public final class CanonicalText {
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private CanonicalText() {}

  public static void quote(String text, StringBuilder out) {
    out.append('"');
    var copied = 0;
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      if (c >= 0x20 && c != '"' && c != '\\') continue;
      // Nearly all text is plain, and copied in long runs.
      out.append(text, copied, i);
      copied = i + 1;
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\t' -> out.append("\\t");
        case '\r' -> out.append("\\r");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        default -> out.append("\\u00").append(HEX[c >> 4]).append(HEX[c & 15]);
      }
    }
    out.append(text, copied, text.length());
    out.append('"');
  }
}
