package dev.quorate.store;

/// How a content register stands to readers, derived from all registers of its memory and kept
/// beside it so that queries need no joins. The code is what the store keeps.
public enum Shown {
  /// A live memory, as long as its expiry has not passed.
  LIVE(0),
  /// An archived memory.
  ARCHIVED(1),
  /// Another member of its alias group is shown instead.
  HIDDEN(2),
  /// Archived because its expiry passed, and collected since.
  EXPIRED(3);

  private final int code;

  Shown(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  public static Shown of(int code) {
    return values()[code];
  }
}
