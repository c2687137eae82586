package dev.quorate.search;

/// What to search for.
///
/// @param text words as a user wrote them; nothing in them is syntax. Only the first [#TERMS_MAX]
///   different terms count
/// @param limit how many hits at most; any size will do
public record SearchQuery(String text, Mode mode, Filter filter, int limit) {
  /// How many different terms of a text are searched for; what follows them is not looked at.
  public static final int TERMS_MAX = 64;

  /// How many of the words a memory must hold.
  public enum Mode {
    /// Every word.
    ALL,
    /// At least one word.
    ANY
  }
}
