package dev.quorate.time;

/// Makes stamps that only ever grow, close to the wall clock it is told. Not thread-safe: the one
/// writer owns it.
public final class HybridClock {
  private final String origin;
  private long last;

  /// @param last the greatest time of any stamp this node has made or accepted, 0 for a new node
  public HybridClock(String origin, long last) {
    this.origin = origin;
    this.last = last;
  }

  /// The next stamp: the wall clock's millisecond, or one step past the last stamp when the wall
  /// clock stands still or was set back.
  public Stamp next(long wallMillis) {
    last = Math.max(last + 1, wallMillis << 16);
    return new Stamp(last, origin);
  }

  /// Moves past a stamp that was accepted from elsewhere.
  public void observe(Stamp stamp) {
    last = Math.max(last, stamp.time());
  }

  public long last() {
    return last;
  }

  public String origin() {
    return origin;
  }
}
