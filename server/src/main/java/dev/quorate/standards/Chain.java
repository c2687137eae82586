package dev.quorate.standards;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/// The namespaces whose standards hold for a namespace (api.md 2.1).
public final class Chain {
  /// The namespace above all others.
  public static final String EVERYWHERE = "*";

  /// How many explicit parents are followed.
  static final int HOPS_MAX = 8;

  private Chain() {}

  /// The chain from [#EVERYWHERE] down to the namespace itself: the explicit parents of the root of
  /// its path, then every namespace on its path.
  ///
  /// @param parent the explicit parent of a namespace, if it has one
  public static List<String> of(String namespace, Function<String, Optional<String>> parent) {
    if (namespace.equals(EVERYWHERE)) return List.of(EVERYWHERE);
    var path = path(namespace);
    var above = new ArrayList<String>();
    // Only the root's parent counts: one that stands further down would put a namespace above
    // some of the path and below the rest.
    var next = parent.apply(path.getFirst());
    while (next.isPresent() && above.size() < HOPS_MAX) {
      var one = next.get();
      if (one.equals(EVERYWHERE) || above.contains(one) || path.contains(one)) break;
      above.add(one);
      next = parent.apply(one);
    }
    var chain = new ArrayList<String>();
    chain.add(EVERYWHERE);
    Collections.reverse(above);
    chain.addAll(above);
    chain.addAll(path);
    return chain;
  }

  /// The parent that a namespace's name suggests: cut at its last hyphen, again and again, the
  /// first that has a standard.
  public static Optional<String> detectParent(String namespace, Predicate<String> hasStandard) {
    var cut = namespace.lastIndexOf('-');
    while (cut > 0) {
      var candidate = namespace.substring(0, cut);
      if (hasStandard.test(candidate)) return Optional.of(candidate);
      cut = candidate.lastIndexOf('-');
    }
    return Optional.empty();
  }

  /// The namespace and everything above it on its path, the root first.
  private static List<String> path(String namespace) {
    var path = new ArrayList<String>();
    for (var slash = namespace.indexOf('/');
        slash >= 0;
        slash = namespace.indexOf('/', slash + 1)) {
      path.add(namespace.substring(0, slash));
    }
    path.add(namespace);
    return path;
  }
}
