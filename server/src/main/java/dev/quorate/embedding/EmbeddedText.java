package dev.quorate.embedding;

/// What of a text is embedded: its first window, for a vector of much text says little of any.
public final class EmbeddedText {
  /// The window in UTF-16 units, about what all-MiniLM-L6-v2 reads at once of English.
  public static final int WINDOW_MAX = 2_000;

  private EmbeddedText() {}

  /// The text of a memory that its vector stands for.
  public static String of(String title, String content) {
    return window(title + "\n" + content);
  }

  /// The first window of a text, not cut within a character.
  public static String window(String text) {
    if (text.length() <= WINDOW_MAX) return text;
    var split = Character.isHighSurrogate(text.charAt(WINDOW_MAX - 1));
    return text.substring(0, split ? WINDOW_MAX - 1 : WINDOW_MAX);
  }
}
