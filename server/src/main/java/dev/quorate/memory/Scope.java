package dev.quorate.memory;

import java.util.Locale;
import java.util.Optional;

/// For whom a memory is visible, seen from its namespace outwards (api.md 2.6).
public enum Scope {
  /// The same namespace only.
  PRIVATE,
  /// The subtree of the reader's parent namespace.
  TEAM,
  /// The subtree of the reader's grandparent namespace.
  UNIT,
  /// The subtree of the reader's great-grandparent namespace.
  ORG,
  /// Everyone.
  COLLECTIVE;

  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Scope> of(String text) {
    for (var scope : values()) {
      if (scope.text().equals(text)) return Optional.of(scope);
    }
    return Optional.empty();
  }
}
