package dev.quorate.memories;

import dev.quorate.memory.Link;
import dev.quorate.store.LinkQuery.Direction;
import dev.quorate.store.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The links from one memory in the order in which they begin to hold.
///
/// @param events earliest first, those that have ceased to hold included
/// @param truncated whether there may be more
public record Timeline(List<Event> events, boolean truncated) {
  /// A link and where it leads.
  public record Event(Link link, LinkTarget target) {}

  /// The timeline of a memory; nothing happened to one that is not live.
  ///
  /// @param since those that begin to hold at this time or later, absent for all
  /// @param until those that begin to hold at this time or earlier, absent for all
  public static Timeline of(
      Snapshot snapshot, String id, @Nullable Instant since, @Nullable Instant until, int limit) {
    var reading = new LinkReading(snapshot, Traversal.LINKS_MAX);
    var events = new ArrayList<Event>();
    var full = new boolean[1];
    reading.forEach(
        id,
        Direction.FROM,
        since,
        until,
        Integer.MAX_VALUE,
        stored -> {
          if (events.size() == limit) {
            full[0] = true;
            return false;
          }
          snapshot
              .memory(stored.link().targetId())
              .map(target -> LinkTarget.of(target.memory()))
              .ifPresent(target -> events.add(new Event(stored.link(), target)));
          return true;
        });
    return new Timeline(List.copyOf(events), full[0] || reading.cut());
  }
}
