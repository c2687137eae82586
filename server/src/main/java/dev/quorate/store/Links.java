package dev.quorate.store;

import dev.quorate.memory.Link;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// A look at the links between memories. Not thread-safe.
public interface Links {
  /// Links from or to the memory whose other end is live too, earliest first.
  List<StoredLink> of(String id);

  /// A page of the links of one direction of a memory, in the order in which they begin to hold.
  LinkPage page(LinkQuery query);

  /// The link of this relation between two memories, whatever the state of its ends.
  Optional<Link> between(String sourceId, String targetId, String relation);

  /// The link of this relation as it is shown: of those that members of the groups of its ends
  /// have, the latest. Empty unless both ends are live.
  Optional<Link> shownBetween(String sourceId, String targetId, String relation);

  /// Visits every link between live memories, page by page, ordered by the ids of their ends.
  void forEach(Consumer<Link> visitor);
}
