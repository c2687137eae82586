package dev.quorate.bench.evaluation;

import java.util.Locale;

/// By what a server finds memories.
public enum RecallMode {
  KEYWORD,
  SEMANTIC,
  HYBRID;

  /// The name in the API.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
