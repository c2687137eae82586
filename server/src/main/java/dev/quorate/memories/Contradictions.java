package dev.quorate.memories;

import dev.quorate.memory.Link;
import dev.quorate.memory.Relation;
import dev.quorate.store.LinkQuery.Direction;
import dev.quorate.store.ListQuery;
import dev.quorate.store.PageEnd;
import dev.quorate.store.Snapshot;
import dev.quorate.store.StoredMemory;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Memories that contradict one another: those that somebody linked as such, and, where a topic is
/// asked for, those that say different things about it.
///
/// @param memories what was looked at
/// @param links what is linked, and holds now
/// @param pairs what only says different things; a pair that is linked is not among them
/// @param truncated whether there may be more
public record Contradictions(
    List<StoredMemory> memories, List<Link> links, List<Pair> pairs, boolean truncated) {
  /// How many links, and how many pairs, are answered at most.
  private static final int FOUND_MAX = 1_000;

  /// Two memories of one topic, the one created first before the other.
  public record Pair(String first, String second) {}

  /// What contradicts what among the memories looked at.
  ///
  /// @param topic what they are about, or their title, absent for whatever they are about
  /// @param namespace where, absent for everywhere
  /// @param limit how many memories are looked at
  public static Contradictions of(
      Snapshot snapshot, @Nullable String topic, @Nullable String namespace, int limit) {
    // One more than is wanted shows whether there are more.
    var found =
        topic == null
            ? snapshot.list(
                new ListQuery(namespace, null, 1, null, null, null, null, null, limit + 1, 0))
            : snapshot.aboutTopic(topic, namespace, limit + 1);
    var memories = found.subList(0, Math.min(limit, found.size()));
    var now = Instant.ofEpochMilli(snapshot.nowMillis());
    var reading = new LinkReading(snapshot, Traversal.LINKS_MAX);
    var links = new LinkedHashMap<String, Link>();
    for (var memory : memories) {
      for (var direction : Direction.values()) {
        reading.forEach(
            memory.id(),
            direction,
            stored -> {
              var link = stored.link();
              if (link.relation() == Relation.CONTRADICTS && link.holdsAt(now)) {
                links.putIfAbsent(link.sourceId() + "\n" + link.targetId(), link);
              }
              return links.size() < FOUND_MAX;
            });
      }
    }
    // Titles are unique within a namespace, so that without a topic no two are about one thing.
    var pairs = topic == null ? List.<Pair>of() : pairs(memories, links);
    var truncated =
        PageEnd.mayGoOn(found, limit + 1)
            || reading.cut()
            || links.size() >= FOUND_MAX
            || pairs.size() >= FOUND_MAX;
    return new Contradictions(List.copyOf(memories), List.copyOf(links.values()), pairs, truncated);
  }

  private static List<Pair> pairs(List<StoredMemory> memories, Map<String, Link> links) {
    return DifferentPairs.of(
        memories.stream().map(StoredMemory::id).toList(),
        memories.stream().map(memory -> memory.memory().content()).toList(),
        pair ->
            !links.containsKey(pair.first() + "\n" + pair.second())
                && !links.containsKey(pair.second() + "\n" + pair.first()),
        FOUND_MAX);
  }
}
