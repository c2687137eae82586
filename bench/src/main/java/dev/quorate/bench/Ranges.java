package dev.quorate.bench;

import dev.quorate.bench.probe.CannotRun;

/// Refuses option values out of range in one sentence.
final class Ranges {
  private Ranges() {}

  static int check(String option, int value, int min, int max) {
    return (int) check(option, (long) value, min, max);
  }

  static long check(String option, long value, long min, long max) {
    if (value < min || value > max) {
      throw new CannotRun("%s must be %d..%d: %d".formatted(option, min, max, value));
    }
    return value;
  }
}
