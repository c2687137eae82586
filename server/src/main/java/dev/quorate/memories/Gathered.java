package dev.quorate.memories;

import dev.quorate.store.PageEnd;
import java.util.ArrayList;
import java.util.List;

/// Rows that are gathered for one answer, until there are as many as were asked for or they are
/// together as long as a page may be ([PageEnd]). Not thread-safe.
final class Gathered<T> {
  private final List<T> rows = new ArrayList<>();
  private final int limit;
  private long bytes;
  private boolean truncated;

  /// @param limit how many are wanted at most
  Gathered(int limit) {
    this.limit = limit;
  }

  /// Adds a row, or notes that it does not fit. Returns whether to go on: where the rows ended
  /// because of their length, one more shows whether anything is left out.
  boolean add(T row, String body) {
    if (rows.size() == limit) return false;
    if (bytes >= PageEnd.BYTES_MAX) {
      truncated = true;
      return false;
    }
    rows.add(row);
    bytes += PageEnd.bytes(body);
    return rows.size() < limit;
  }

  /// Whether the rows ended because of their length, and there was another.
  boolean truncated() {
    return truncated;
  }

  List<T> rows() {
    return rows;
  }

  /// How long they are together, in UTF-8.
  long bytes() {
    return bytes;
  }
}
