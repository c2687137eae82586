package dev.quorate.store;

import dev.quorate.memory.Relation;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Which links of a memory a page holds.
///
/// @param memoryId any id that the memory ever had
/// @param relation those that say this, absent for all
/// @param since those that begin to hold at this time or later, absent for all
/// @param until those that begin to hold at this time or earlier, absent for all
/// @param offset how many stored links to leave out
/// @param rows how many stored links are looked at, whether or not they are shown
public record LinkQuery(
    String memoryId,
    Direction direction,
    @Nullable Relation relation,
    @Nullable Instant since,
    @Nullable Instant until,
    int offset,
    int rows) {

  /// Another page of the same links.
  public LinkQuery page(int offset, int rows) {
    return new LinkQuery(memoryId, direction, relation, since, until, offset, rows);
  }

  /// Which end of a link the memory is.
  public enum Direction {
    FROM,
    TO
  }
}
