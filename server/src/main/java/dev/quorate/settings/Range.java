package dev.quorate.settings;

/// The one sentence about a number that is out of its range.
final class Range {
  /// Ten years of 365 days: the longest life that a tier can be given.
  static final long TEN_YEARS_SECS = 315_360_000;

  private Range() {}

  static void check(String key, long value, long min, long max) {
    if (value < min || value > max) {
      throw new InvalidSetting(key, "%s must be %d..%d: %d".formatted(key, min, max, value));
    }
  }

  static void atMost(String key, long value, long max) {
    if (value > max) {
      throw new InvalidSetting(key, "%s must be at most %d: %d".formatted(key, max, value));
    }
  }
}
