package dev.quorate.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Namespaces as paths: `a/b` is below `a`.
final class Namespaces {
  private Namespaces() {}

  /// How many segments the path has.
  static int depth(String namespace) {
    return 1 + (int) namespace.chars().filter(c -> c == '/').count();
  }

  /// The namespace this many levels above; empty where the path is too short.
  static Optional<String> above(String namespace, int levels) {
    var end = namespace.length();
    for (var level = 0; level < levels; level++) {
      end = namespace.lastIndexOf('/', end - 1);
      if (end < 0) return Optional.empty();
    }
    return Optional.of(namespace.substring(0, end));
  }

  /// The namespace and all above it, the topmost first.
  static List<String> withAncestors(String namespace) {
    var path = new ArrayList<String>();
    for (var end = namespace.indexOf('/'); end >= 0; end = namespace.indexOf('/', end + 1)) {
      path.add(namespace.substring(0, end));
    }
    path.add(namespace);
    return path;
  }
}
