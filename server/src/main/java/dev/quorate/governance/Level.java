package dev.quorate.governance;

import java.util.Locale;
import java.util.Optional;

/// How much an operation asks of whoever wants to do it (api.md 2.2).
public enum Level {
  /// Nothing.
  ANY,
  /// To be a registered agent.
  REGISTERED,
  /// To be the owner.
  OWNER,
  /// That somebody approves, whoever asks, the owner included.
  APPROVE;

  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Level> of(String text) {
    for (var level : values()) {
      if (level.text().equals(text)) return Optional.of(level);
    }
    return Optional.empty();
  }
}
