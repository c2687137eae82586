package dev.quorate.memories;

import java.util.Locale;
import java.util.Optional;

/// What a store does when a live memory has the same title and namespace.
public enum OnConflict {
  /// Refuse.
  ERROR,
  /// Make the new content the next version of the memory that is there.
  MERGE,
  /// Store it beside, under the title with a number.
  VERSION;

  public static Optional<OnConflict> of(String text) {
    for (var policy : values()) {
      if (policy.name().toLowerCase(Locale.ROOT).equals(text)) return Optional.of(policy);
    }
    return Optional.empty();
  }
}
