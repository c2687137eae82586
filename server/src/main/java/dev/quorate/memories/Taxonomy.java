package dev.quorate.memories;

import dev.quorate.store.Totals;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Namespaces as a tree.
///
/// @param total live memories below the root, before any limit
/// @param truncated whether the limit left namespaces out
public record Taxonomy(Node root, long total, boolean truncated) {
  /// One level of the tree.
  ///
  /// @param count memories in this very namespace
  /// @param subtreeCount memories in it and below
  public record Node(
      String namespace, String name, long count, long subtreeCount, List<Node> children) {}

  /// The tree below `prefix` (everything when absent), cut at `depth` levels and `limit`
  /// namespaces; counts include what is cut.
  public static Taxonomy of(
      List<Totals.Count> namespaces, @Nullable String prefix, int depth, int limit) {
    var inside =
        namespaces.stream().filter(n -> prefix == null || isBelow(n.name(), prefix)).toList();
    var kept = inside.stream().limit(limit).toList();
    var root = new Growing(prefix == null ? "" : prefix);
    for (var namespace : kept) {
      var rest = prefix == null ? namespace.name() : namespace.name().substring(prefix.length());
      root.add(rest.startsWith("/") ? rest.substring(1) : rest, namespace.count());
    }
    return new Taxonomy(
        root.cut(depth),
        inside.stream().mapToLong(Totals.Count::count).sum(),
        kept.size() < inside.size());
  }

  private static boolean isBelow(String namespace, String prefix) {
    return namespace.equals(prefix) || namespace.startsWith(prefix + "/");
  }

  private static final class Growing {
    private final String namespace;
    private final Map<String, Growing> children = new LinkedHashMap<>();
    private long count;
    private long subtreeCount;

    Growing(String namespace) {
      this.namespace = namespace;
    }

    void add(String rest, long memories) {
      subtreeCount += memories;
      if (rest.isEmpty()) {
        count += memories;
        return;
      }
      var cut = rest.indexOf('/');
      var name = cut < 0 ? rest : rest.substring(0, cut);
      var below = namespace.isEmpty() ? name : namespace + "/" + name;
      children
          .computeIfAbsent(name, _ -> new Growing(below))
          .add(cut < 0 ? "" : rest.substring(cut + 1), memories);
    }

    Node cut(int depth) {
      var shown = new ArrayList<Node>();
      if (depth > 0) children.values().forEach(child -> shown.add(child.cut(depth - 1)));
      var name = namespace.substring(namespace.lastIndexOf('/') + 1);
      return new Node(namespace, name, count, subtreeCount, shown);
    }
  }
}
