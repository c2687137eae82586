package dev.quorate.memories;

import dev.quorate.store.LinkQuery.Direction;
import dev.quorate.store.Snapshot;
import dev.quorate.store.StoredLink;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The links from and to one memory whose other end is live too, as one list.
///
/// @param links earliest made first
/// @param truncated whether there may be more, in either direction
public record MemoryLinks(List<StoredLink> links, boolean truncated) {
  /// How many stored links of each direction are looked at.
  static final int LINKS_MAX = 1_000;

  public static MemoryLinks of(Snapshot snapshot, String id) {
    var links = new ArrayList<StoredLink>();
    var truncated = false;
    for (var direction : Direction.values()) {
      var reading = new LinkReading(snapshot, LINKS_MAX);
      reading.forEach(id, direction, links::add);
      truncated |= reading.cut();
    }
    links.sort(Comparator.comparing(StoredLink::stamp));
    return new MemoryLinks(List.copyOf(links), truncated);
  }
}
