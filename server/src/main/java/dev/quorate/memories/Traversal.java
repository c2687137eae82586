package dev.quorate.memories;

import dev.quorate.memory.Link;
import dev.quorate.store.LinkQuery.Direction;
import dev.quorate.store.Snapshot;
import dev.quorate.store.StoredMemory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Follows links from one memory to others, breadth first, within bounds: at most `limit` links are
/// shown, [#LINKS_MAX] looked at.
public final class Traversal {
  /// How many stored links one query looks at.
  static final int LINKS_MAX = 10_000;

  private final Snapshot snapshot;
  private final Query query;
  private final Instant moment;
  private final LinkReading reading;
  private final List<Step> steps = new ArrayList<>();
  private final Set<String> reached = new HashSet<>();
  private final Map<String, Optional<LinkTarget>> targets = new HashMap<>();
  private boolean full;

  private Traversal(Snapshot snapshot, Query query) {
    this.snapshot = snapshot;
    this.query = query;
    this.moment =
        query.validAt() != null ? query.validAt() : Instant.ofEpochMilli(snapshot.nowMillis());
    this.reading = new LinkReading(snapshot, LINKS_MAX);
  }

  /// What to follow.
  ///
  /// @param depthMax how many links away at most, 1 or more
  /// @param validAt only links that held at this time, absent for now, whenever they began
  /// @param agents only links that one of these observed, absent for all: who signed a link, or who
  ///   stored the memory that an unsigned one leads to
  /// @param withEnded whether links that have ceased to hold are followed, too
  /// @param limit how many links are shown
  public record Query(
      String sourceId,
      int depthMax,
      @Nullable Instant validAt,
      @Nullable Set<String> agents,
      boolean withEnded,
      int limit) {}

  /// A link that was followed.
  ///
  /// @param depth how many links away its target is
  /// @param path ids from the first memory to its target, both included
  public record Step(Link link, LinkTarget target, int depth, List<String> path) {}

  /// The links that were followed.
  ///
  /// @param steps nearest first, then in the order in which they begin to hold
  /// @param truncated whether there may be more
  public record Found(List<Step> steps, boolean truncated) {}

  /// The links on the shortest ways from a memory; nothing when it is not live. Every memory is
  /// gone on from once.
  public static Found follow(Snapshot snapshot, Query query) {
    var traversal = new Traversal(snapshot, query);
    snapshot
        .memory(query.sourceId())
        .filter(StoredMemory::live)
        .ifPresent(source -> traversal.follow(source.id()));
    return new Found(List.copyOf(traversal.steps), traversal.full || traversal.reading.cut());
  }

  private void follow(String source) {
    reached.add(source);
    var frontier = List.of(List.of(source));
    for (var depth = 1; depth <= query.depthMax() && !frontier.isEmpty() && !full; depth++) {
      var next = new HashMap<String, List<String>>();
      var order = new ArrayList<List<String>>();
      for (var path : frontier) {
        if (full) break;
        var at = depth;
        reading.forEach(
            path.getLast(),
            Direction.FROM,
            stored -> {
              var link = stored.link();
              if (reached.contains(link.targetId()) || !wanted(link)) return true;
              if (steps.size() == query.limit()) {
                full = true;
                return false;
              }
              var way = new ArrayList<>(path);
              way.add(link.targetId());
              target(link.targetId())
                  .ifPresent(target -> steps.add(new Step(link, target, at, List.copyOf(way))));
              if (next.putIfAbsent(link.targetId(), way) == null) order.add(way);
              return true;
            });
      }
      reached.addAll(next.keySet());
      frontier = order;
    }
  }

  private boolean wanted(Link link) {
    if (query.validAt() != null && link.begins().isAfter(moment)) return false;
    if (!query.withEnded() && link.hasEndedAt(moment)) return false;
    var agents = query.agents();
    if (agents == null) return true;
    var observer = link.observedBy();
    if (observer != null) return agents.contains(observer);
    return target(link.targetId()).map(LinkTarget::agentId).filter(agents::contains).isPresent();
  }

  private Optional<LinkTarget> target(String id) {
    return targets.computeIfAbsent(
        id, one -> snapshot.memory(one).map(memory -> LinkTarget.of(memory.memory())));
  }
}
