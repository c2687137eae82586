package dev.quorate.memories;

import dev.quorate.store.StoredMemory;

/// How many memories one question may have laid out in memory, and how long they may be together:
/// so much that the heap of a usual node has room for two such questions at a time. Not
/// thread-safe.
final class LookRoom {
  /// Each costs a tenth of a millisecond to lay out.
  static final int MEMORIES_MAX = 10_000;

  static final long CHARACTERS_MAX = 8L << 20;

  /// How many are read at a time, so that what goes beyond the room is not read first.
  static final int PAGE = 100;

  private int memories;
  private long characters;

  /// Whether there is room for this one too, which is taken then.
  boolean take(StoredMemory memory) {
    if (memories == MEMORIES_MAX || !lengthen(memory.body().length())) return false;
    memories++;
    return true;
  }

  /// Whether there is room for more text of a memory that is there, which is taken then.
  ///
  /// @param more characters; below 0 gives room back
  boolean lengthen(long more) {
    if (characters + more > CHARACTERS_MAX) return false;
    characters += more;
    return true;
  }
}
