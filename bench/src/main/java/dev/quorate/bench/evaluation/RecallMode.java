package dev.quorate.bench.evaluation;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// By what a server finds memories.
public enum RecallMode {
  KEYWORD,
  VECTOR,
  HYBRID;

  /// The name in the API.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The mode with this name, if there is one.
  public static Optional<RecallMode> of(String label) {
    return Arrays.stream(values()).filter(mode -> mode.label().equals(label)).findFirst();
  }
}
