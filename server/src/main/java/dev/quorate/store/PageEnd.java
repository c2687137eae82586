package dev.quorate.store;

import java.util.List;

/// Where a page of memories ends that would take too much of the heap, whatever number of them was
/// asked for: a memory may be long, and a page is in memory as a whole.
public final class PageEnd {
  /// A page ends with the memory that brings the bodies on it to so many bytes together, in UTF-8.
  public static final long BYTES_MAX = 2L << 20;

  private static final int ONE_BYTE_END = 0x80;
  private static final int TWO_BYTES_END = 0x800;

  private PageEnd() {}

  /// How long a text is in UTF-8; each half of a pair of surrogates counts as two.
  public static long bytes(String text) {
    var bytes = 0L;
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      if (c < ONE_BYTE_END) bytes++;
      else if (c < TWO_BYTES_END || Character.isSurrogate(c)) bytes += 2;
      else bytes += 3;
    }
    return bytes;
  }

  public static long bytes(StoredMemory memory) {
    return bytes(memory.body());
  }

  /// How long the bodies of memories are together.
  public static long bytes(List<StoredMemory> memories) {
    return memories.stream().mapToLong(PageEnd::bytes).sum();
  }

  /// Whether a page ended because of its length, so that there may be more behind it.
  ///
  /// @param limit how many were asked for
  public static boolean cut(List<StoredMemory> page, int limit) {
    return page.size() < limit && bytes(page) >= BYTES_MAX;
  }

  /// Whether there may be more memories behind a page, whatever ended it.
  ///
  /// @param limit how many were asked for
  public static boolean mayGoOn(List<StoredMemory> page, int limit) {
    return !page.isEmpty() && (page.size() >= limit || cut(page, limit));
  }
}
