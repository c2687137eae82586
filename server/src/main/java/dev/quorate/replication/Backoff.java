package dev.quorate.replication;

/// How long a link rests after failures: twice as long after each, within bounds, spread by chance
/// so that peers that failed together do not come back together.
public final class Backoff {
  public static final long FIRST_MILLIS = 250;
  public static final long MOST_MILLIS = 30_000;

  private static final int DOUBLINGS_MAX = 7;

  private Backoff() {}

  /// How long to rest.
  ///
  /// @param failures in a row, 1 or more
  /// @param chance 0 to 1
  public static long millis(int failures, double chance) {
    var whole = FIRST_MILLIS << Math.min(failures - 1, DOUBLINGS_MAX);
    return (long) (Math.min(whole, MOST_MILLIS) * (0.5 + chance / 2));
  }
}
