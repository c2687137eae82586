package dev.quorate.memories;

import dev.quorate.store.LinkQuery.Direction;
import dev.quorate.store.Snapshot;
import dev.quorate.store.StoredMemory;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Finds ways between two memories along links that hold now, in either direction of each.
///
/// What lies near is learned from both ends at once, so that a way through a memory with very many
/// links is found without going through them: it is near to both. Then the ways are counted out
/// among what was learned, shortest first. Both are bounded.
public final class PathSearch {
  /// How many stored links are looked at in all, and of one memory in one direction.
  static final int LINKS_MAX = 10_000;

  private static final int LINKS_OF_ONE_MAX = 1_000;

  /// How many turns are tried among what was learned.
  private static final int TURNS_MAX = 200_000;

  private final LinkReading reading;
  private final Instant now;
  private final Map<String, Set<String>> near = new HashMap<>();
  private final Set<String> expanded = new HashSet<>();
  private final List<List<String>> paths = new ArrayList<>();
  private int turns;
  private boolean cut;

  private PathSearch(Snapshot snapshot) {
    this.reading = new LinkReading(snapshot, LINKS_MAX);
    this.now = Instant.ofEpochMilli(snapshot.nowMillis());
  }

  /// The ways that were found.
  ///
  /// @param paths ids from the first memory to the last, both included; shortest first
  /// @param truncated whether there may be more
  public record Found(List<List<String>> paths, boolean truncated) {}

  /// The shortest ways that visit no memory twice, none when either end is not live.
  ///
  /// @param lengthMax how many links a way has at most
  /// @param limit how many ways are shown
  public static Found between(
      Snapshot snapshot, String sourceId, String targetId, int lengthMax, int limit) {
    var source = snapshot.memory(sourceId).filter(StoredMemory::live).map(StoredMemory::id);
    var target = snapshot.memory(targetId).filter(StoredMemory::live).map(StoredMemory::id);
    if (source.isEmpty() || target.isEmpty()) return new Found(List.of(), false);
    if (source.equals(target)) return new Found(List.of(List.of(source.get())), false);
    var search = new PathSearch(snapshot);
    search.learn(source.get(), target.get(), lengthMax);
    search.enumerate(source.get(), target.get(), lengthMax, limit);
    var shown = search.paths.subList(0, Math.min(limit, search.paths.size()));
    return new Found(
        List.copyOf(shown),
        search.cut || search.reading.cut() || search.paths.size() > shown.size());
  }

  /// Every link of a way of at most `lengthMax` lies at a memory that is nearer than half of that
  /// to one end.
  private void learn(String source, String target, int lengthMax) {
    var fromSource = Set.of(source);
    var fromTarget = Set.of(target);
    for (var done = 0; done < lengthMax; done++) {
      if (done % 2 == 0) fromSource = expand(fromSource);
      else fromTarget = expand(fromTarget);
    }
  }

  /// Learns the links of some memories. Returns what they lead to.
  private Set<String> expand(Set<String> frontier) {
    var next = new LinkedHashSet<String>();
    for (var id : frontier) {
      if (expanded.add(id)) {
        read(id, Direction.FROM);
        read(id, Direction.TO);
      }
      next.addAll(near.getOrDefault(id, Set.of()));
    }
    return next;
  }

  private void read(String id, Direction direction) {
    reading.forEach(
        id,
        direction,
        null,
        null,
        LINKS_OF_ONE_MAX,
        stored -> {
          var link = stored.link();
          if (link.holdsAt(now)) {
            near.computeIfAbsent(link.sourceId(), _ -> new TreeSet<>()).add(link.targetId());
            near.computeIfAbsent(link.targetId(), _ -> new TreeSet<>()).add(link.sourceId());
          }
          return true;
        });
  }

  private void enumerate(String source, String target, int lengthMax, int limit) {
    var distances = distances(target);
    if (!distances.containsKey(source)) return;
    for (var length = 1; length <= lengthMax && !enough(limit); length++) {
      go(new ArrayList<>(List.of(source)), target, length, distances, limit);
    }
  }

  /// One more than are shown tells that there are more.
  private boolean enough(int limit) {
    return cut || paths.size() > limit;
  }

  private void go(
      List<String> path, String target, int left, Map<String, Integer> distances, int limit) {
    for (var next : near.getOrDefault(path.getLast(), Set.of())) {
      if (enough(limit)) return;
      if (++turns > TURNS_MAX) {
        cut = true;
        return;
      }
      if (next.equals(target)) {
        if (left > 1) continue;
        var whole = new ArrayList<>(path);
        whole.add(target);
        paths.add(List.copyOf(whole));
        continue;
      }
      var distance = distances.get(next);
      if (distance == null || distance > left - 1 || path.contains(next)) continue;
      path.add(next);
      go(path, target, left - 1, distances, limit);
      path.removeLast();
    }
  }

  /// How many links away from the target what was learned is.
  private Map<String, Integer> distances(String target) {
    var distances = new HashMap<String, Integer>();
    distances.put(target, 0);
    var frontier = new ArrayDeque<String>();
    frontier.add(target);
    while (!frontier.isEmpty()) {
      var id = frontier.remove();
      var distance = distances.getOrDefault(id, 0);
      for (var next : near.getOrDefault(id, Set.of())) {
        if (distances.putIfAbsent(next, distance + 1) == null) frontier.add(next);
      }
    }
    return distances;
  }
}
