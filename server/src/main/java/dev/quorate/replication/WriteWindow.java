package dev.quorate.replication;

/// How many mutations may be on the way to their quorum at once, learnt from how long the way
/// takes: more of them with each that comes in good time, fewer with the first that is late. All of
/// them share what the peers can do in the time that a writer waits, so that beyond some number
/// each further one makes all the others miss it. Where nothing arrives any more nobody is held
/// back: peers that hang would not take fewer any better. Time is that of a clock that only goes
/// forward. Not thread-safe.
public final class WriteWindow {
  static final int SIZE_MIN = 8;
  static final int SIZE_MAX = 1_024;

  /// What is left of it after a late one: a cut is soon made up for, and one that is too small is
  /// followed by another.
  private static final double CUT = 0.7;

  /// A way that takes no more than this part of the time says that there is much room.
  private static final int QUICK_PART = 8;

  /// After so many times the time that a writer waits, what did not arrive was not just late.
  private static final int SILENT_TIMES = 2;

  private final long lateMillis;
  private final long quickMillis;
  private final long silentMillis;
  private double size = SIZE_MAX;
  private int taken;
  private int takenMost;
  private long cutMillis = Long.MIN_VALUE;

  /// When something arrived, or began where nothing was on its way.
  private long heardMillis;

  /// @param timeoutMillis how long a writer waits. Who comes while a batch is under way waits for
  ///   the end of that one and of the next, so the way may take half of this.
  public WriteWindow(long timeoutMillis) {
    this.lateMillis = timeoutMillis / 2;
    this.quickMillis = timeoutMillis / QUICK_PART;
    this.silentMillis = SILENT_TIMES * timeoutMillis;
  }

  /// Whether one more may begin.
  public boolean open(long nowMillis) {
    return taken < (silent(nowMillis) ? SIZE_MAX : size());
  }

  private boolean silent(long nowMillis) {
    return taken > 0 && nowMillis - heardMillis >= silentMillis;
  }

  public void enter(long nowMillis) {
    if (taken == 0) heardMillis = nowMillis;
    taken++;
    takenMost = Math.max(takenMost, taken);
  }

  /// The writer was answered, whatever the answer.
  public void leave() {
    taken--;
  }

  /// How many may be on their way.
  public int size() {
    return (int) size;
  }

  /// How many are.
  public int taken() {
    return taken;
  }

  /// A mutation has reached its quorum, in time or after its writer was told that it had not.
  ///
  /// @param tookMillis less than nothing, by a clock that was set back, says nothing
  public void reached(long tookMillis, long nowMillis) {
    heardMillis = nowMillis;
    if (tookMillis > lateMillis) {
      shrink(nowMillis - tookMillis, nowMillis);
    } else if (tookMillis >= 0 && 2 * taken >= size()) {
      // One that is not used is no wider than what was shown to work.
      size = Math.min(SIZE_MAX, size + (tookMillis <= quickMillis ? 1 : 1 / size));
    }
  }

  /// What began before the last cut was late because of what that cut has mended.
  private void shrink(long begunMillis, long nowMillis) {
    if (begunMillis <= cutMillis) return;
    size = Math.max(SIZE_MIN, CUT * Math.min(size, takenMost));
    takenMost = taken;
    cutMillis = nowMillis;
  }
}
