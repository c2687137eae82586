package dev.quorate.memories;

import dev.quorate.memory.Link;
import dev.quorate.memory.Relation;
import dev.quorate.store.LinkQuery.Direction;
import dev.quorate.store.Snapshot;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which link is meant.
///
/// @param target absent for any
/// @param relation absent for any
public record LinkLookup(String source, @Nullable String target, @Nullable Relation relation) {
  /// The link as it is shown; of several the one that began to hold first, or, to one target, that
  /// of the first relation in the order of their names here.
  public Optional<Link> find(Snapshot snapshot) {
    if (target != null) return toTarget(snapshot, target);
    var found = new Link[1];
    new LinkReading(snapshot, Traversal.LINKS_MAX)
        .forEach(
            source,
            Direction.FROM,
            stored -> {
              if (relation != null && stored.link().relation() != relation) return true;
              found[0] = stored.link();
              return false;
            });
    return Optional.ofNullable(found[0]);
  }

  private Optional<Link> toTarget(Snapshot snapshot, String target) {
    for (var one : Relation.values()) {
      if (relation != null && one != relation) continue;
      var link = snapshot.links().shownBetween(source, target, one.text());
      if (link.isPresent()) return link;
    }
    return Optional.empty();
  }
}
