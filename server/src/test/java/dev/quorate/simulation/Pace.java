package dev.quorate.simulation;

import dev.quorate.replication.Backoff;

/// Whether a link leaves a peer alone that fails every push: more and more rarely is it sent the
/// same, unless something speaks for trying at once. Not thread-safe.
final class Pace {
  /// More than it takes to come to the longest rest.
  private static final int ATTEMPTS_AT_FIRST = 12;

  private static final long REST_MILLIS_MIN = Backoff.MOST_MILLIS / 2;

  private int attempts;
  private int reasons;
  private long sinceMillis;

  /// A push failed again. Returns whether there were too many.
  boolean failed(long nowMillis) {
    if (attempts++ == 0) sinceMillis = nowMillis;
    return attempts > ATTEMPTS_AT_FIRST + reasons + (nowMillis - sinceMillis) / REST_MILLIS_MIN;
  }

  /// There is a reason to try once more before its time.
  void hasReason() {
    if (attempts > 0) reasons++;
  }

  /// The peer has taken something, or nothing is left to bring it.
  void ended() {
    attempts = 0;
    reasons = 0;
  }
}
