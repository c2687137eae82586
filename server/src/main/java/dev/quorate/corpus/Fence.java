package dev.quorate.corpus;

import java.util.regex.Pattern;

/// Whether the lines of a Markdown text are inside of a fenced code block, line by line.
final class Fence {
  private static final Pattern MARK = Pattern.compile("^ {0,3}(`{3,}|~{3,})(.*)$");

  private String open = "";

  boolean isOutside() {
    return open.isEmpty();
  }

  /// Takes the next line. Returns whether it is part of a code block, its fences included.
  boolean line(String line) {
    var mark = MARK.matcher(line.stripTrailing());
    if (!mark.matches()) return !isOutside();
    var fence = mark.group(1);
    var info = mark.group(2);
    if (isOutside()) {
      // A line of inline code like ```a``` opens nothing.
      if (fence.charAt(0) == '`' && info.indexOf('`') >= 0) return false;
      open = fence;
    } else if (fence.startsWith(open) && info.isBlank()) {
      open = "";
    }
    return true;
  }
}
