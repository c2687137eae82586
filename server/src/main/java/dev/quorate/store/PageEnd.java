package dev.quorate.store;

import java.util.List;

/// Where a page of memories ends that would take too much of the heap, whatever number of them was
/// asked for: a memory may be long, and a page is in memory as a whole.
public final class PageEnd {
  /// A page ends with the memory that brings the bodies on it to so many characters together.
  public static final long CHARACTERS_MAX = 4L << 20;

  private PageEnd() {}

  /// How long the bodies of memories are together, in characters.
  public static long characters(List<StoredMemory> memories) {
    return memories.stream().mapToLong(memory -> memory.body().length()).sum();
  }

  /// Whether there may be more memories behind a page.
  ///
  /// @param limit how many were asked for
  public static boolean mayGoOn(List<StoredMemory> page, int limit) {
    if (page.isEmpty()) return false;
    return page.size() >= limit || characters(page) >= CHARACTERS_MAX;
  }
}
