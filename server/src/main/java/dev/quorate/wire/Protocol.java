package dev.quorate.wire;

import java.util.List;

/// The versions of the `quorate` object that this program reads and writes.
public final class Protocol {
  /// The newest one, in which this program speaks to a peer that knows it.
  public static final int VERSION = 1;

  /// All of them, newest first.
  public static final List<Integer> SPEAKS = List.of(VERSION);

  /// The most items that one list of a body may hold.
  public static final int ITEMS_MAX = 1_000;

  /// The member `code` of the answer that refuses a body of another version.
  public static final String UNSUPPORTED_VERSION = "UNSUPPORTED_VERSION";

  private Protocol() {}
}
