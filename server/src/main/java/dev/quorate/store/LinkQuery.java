package dev.quorate.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Which links of a memory a page holds.
///
/// @param memoryId any id that the memory ever had
/// @param since those that begin to hold at this time or later, absent for all
/// @param until those that begin to hold at this time or earlier, absent for all
/// @param offset how many stored links to leave out
/// @param rows how many stored links are looked at, whether or not they are shown
public record LinkQuery(
    String memoryId,
    Direction direction,
    @Nullable Instant since,
    @Nullable Instant until,
    int offset,
    int rows) {

  /// Which end of a link the memory is.
  public enum Direction {
    FROM,
    TO
  }
}
