package dev.quorate.governance;

import java.util.Locale;
import java.util.Optional;

/// Whether this node holds requests to the policies.
public enum Mode {
  /// It does.
  ENFORCE,
  /// It writes to the log what a policy would have refused or held, and lets it pass.
  ADVISORY,
  /// It does not look at policies.
  OFF;

  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Mode> of(String text) {
    for (var mode : values()) {
      if (mode.text().equals(text)) return Optional.of(mode);
    }
    return Optional.empty();
  }
}
