package dev.quorate.memory;

import java.util.Locale;
import java.util.Optional;

/// What a memory speaks of (wire.md 2.4).
public enum MemoryKind {
  OBSERVATION,
  REFLECTION,
  PERSONA,
  CONCEPT,
  ENTITY,
  CLAIM,
  RELATION,
  EVENT,
  CONVERSATION,
  DECISION;

  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<MemoryKind> of(String text) {
    for (var kind : values()) {
      if (kind.text().equals(text)) return Optional.of(kind);
    }
    return Optional.empty();
  }
}
