package dev.quorate.http.transport;

/// Text of unknown origin, made fit for a log: it cannot start a line of its own.
final class LogText {
  private static final int CHARS_MAX = 300;

  private LogText() {}

  /// Control characters, line separators and lone surrogates escaped, the end cut off beyond 300
  /// characters.
  static String escaped(String text) {
    var out = new StringBuilder(Math.min(text.length(), CHARS_MAX) + 8);
    for (var i = 0; i < text.length() && i < CHARS_MAX; i++) {
      var c = text.charAt(i);
      switch (Character.getType(c)) {
        case Character.CONTROL,
            Character.FORMAT,
            Character.LINE_SEPARATOR,
            Character.PARAGRAPH_SEPARATOR,
            Character.SURROGATE ->
            out.append(String.format("\\u%04x", (int) c));
        default -> out.append(c);
      }
    }
    if (text.length() > CHARS_MAX) out.append('…');
    return out.toString();
  }

  /// A stack trace in which no message can break a line.
  static String trace(Throwable fault) {
    var out = new StringBuilder(1024);
    var depth = 0;
    for (var cause = fault; cause != null && depth < 10; cause = cause.getCause(), depth++) {
      if (depth > 0) out.append("\ncaused by ");
      out.append(escaped(cause.toString()));
      for (var frame : cause.getStackTrace()) out.append("\n  at ").append(frame);
    }
    return out.toString();
  }
}
