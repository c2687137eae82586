package dev.quorate.corpus;

import dev.quorate.memory.Rules;
import java.nio.charset.StandardCharsets;

/// Text of files, made to keep the rules that a memory's text must keep.
final class PlainText {
  private PlainText() {}

  /// The text with line feeds as its only line ends and without control characters and halves of
  /// characters.
  static String lines(String text) {
    var out = new StringBuilder(text.length());
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      if (c == '\r') {
        if (i + 1 == text.length() || text.charAt(i + 1) != '\n') out.append('\n');
      } else if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        out.append(c).append(text.charAt(++i));
      } else if (c == '\n'
          || c == '\t'
          || !(Character.isISOControl(c) || Character.isSurrogate(c))) {
        out.append(c);
      }
    }
    return out.toString();
  }

  /// The text on one line, without white space at its ends.
  static String oneLine(String text) {
    return lines(text).replaceAll("\\s+", " ").strip();
  }

  /// A title of these words, cut where it would be too long to be one.
  ///
  /// @param ending what must not be cut off
  static String title(String words, String ending) {
    var room = Rules.TITLE_CHARACTERS_MAX - ending.codePointCount(0, ending.length());
    var line = oneLine(words);
    if (line.codePointCount(0, line.length()) <= room) return line + ending;
    return line.substring(0, line.offsetByCodePoints(0, room - 1)) + "…" + ending;
  }

  static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
