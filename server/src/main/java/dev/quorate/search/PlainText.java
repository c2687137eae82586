package dev.quorate.search;

import java.text.Normalizer;

/// Text made ready for analysis, the same for memories and for queries: in one Unicode form,
/// without characters that nobody sees, and with a space for every ASCII character that is neither
/// letter nor digit, so that `a.b`, `a_b` and `a:b` are two words each and nothing is an operator.
final class PlainText {
  private static final int RIGHT_QUOTE = 0x2019;

  private PlainText() {}

  static String of(String text) {
    return ascii(text) ? plainAscii(text) : plainUnicode(text);
  }

  private static boolean ascii(String text) {
    for (var i = 0; i < text.length(); i++) if (text.charAt(i) >= 0x80) return false;
    return true;
  }

  /// ASCII is in every normal form already.
  private static String plainAscii(String text) {
    var plain = new StringBuilder(text.length());
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      if (!invisible(c)) plain.append((char) plain(c));
    }
    return plain.toString();
  }

  private static String plainUnicode(String text) {
    var form = Normalizer.normalize(text, Normalizer.Form.NFKC);
    var plain = new StringBuilder(form.length());
    form.codePoints()
        .filter(c -> !invisible(c))
        .map(PlainText::plain)
        .forEach(plain::appendCodePoint);
    return plain.toString();
  }

  private static int plain(int codePoint) {
    if (codePoint == RIGHT_QUOTE) return '\'';
    if (codePoint >= 0x80 || Character.isLetterOrDigit(codePoint) || codePoint == '\'') {
      return codePoint;
    }
    return ' ';
  }

  /// Control characters that are no space, format characters (joiners, directions, soft hyphens),
  /// halves of characters, and variation selectors.
  private static boolean invisible(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL -> !Character.isWhitespace(codePoint);
      case Character.FORMAT, Character.SURROGATE -> true;
      default ->
          (codePoint >= 0xfe00 && codePoint <= 0xfe0f)
              || (codePoint >= 0xe0100 && codePoint <= 0xe01ef);
    };
  }
}
