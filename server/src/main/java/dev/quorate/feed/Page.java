package dev.quorate.feed;

import dev.quorate.store.Origin;
import java.util.List;

/// Changes in the order in which a node took them in.
///
/// @param next where reading goes on
/// @param more whether there is more at once
/// @param behind up to where the cursor that was given had been told more than this node holds;
///   that is told again when it comes
public record Page(List<Entry> entries, Cursor next, boolean more, List<Origin> behind) {
  public Page {
    entries = List.copyOf(entries);
    behind = List.copyOf(behind);
  }
}
