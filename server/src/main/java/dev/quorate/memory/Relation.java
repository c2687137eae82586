package dev.quorate.memory;

import java.util.Locale;
import java.util.Optional;

/// How one memory bears on another (wire.md 2.4).
public enum Relation {
  RELATED_TO,
  SUPERSEDES,
  CONTRADICTS,
  DERIVED_FROM,
  REFLECTS_ON,
  DERIVES_FROM;

  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Relation> of(String text) {
    for (var relation : values()) {
      if (relation.text().equals(text)) return Optional.of(relation);
    }
    return Optional.empty();
  }
}
