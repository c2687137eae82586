package dev.quorate.memories;

import dev.quorate.store.PageEnd;
import java.util.ArrayList;
import java.util.List;

/// Rows that are gathered for one answer, until there are as many as were asked for or they are
/// together as long as a page may be ([PageEnd]). Not thread-safe.
final class Gathered<T> {
  private final List<T> rows = new ArrayList<>();
  private final int limit;
  private long characters;

  /// @param limit how many are wanted at most
  Gathered(int limit) {
    this.limit = limit;
  }

  /// Adds a row of a length in characters. Returns whether there is room for one more.
  boolean add(T row, long length) {
    rows.add(row);
    characters += length;
    return hasRoom();
  }

  boolean hasRoom() {
    return rows.size() < limit && !isLong();
  }

  /// Whether the rows ended because of their length.
  boolean isLong() {
    return characters >= PageEnd.CHARACTERS_MAX;
  }

  List<T> rows() {
    return rows;
  }

  long characters() {
    return characters;
  }
}
