package dev.quorate.replication;

/// When to compare digests with a peer: at intervals, but while nothing is being written, since
/// what is on its way would be taken for a difference, and looking into those costs a reading of
/// all names. Where writing never rests it is done all the same, seldom. Pure; not thread-safe.
public final class ComparisonTime {
  /// How many intervals writing may put it off.
  public static final int PATIENCE = 10;

  /// Who has not written for this long is at rest; where intervals are shorter, one of them will
  /// do. Under load a node may well pause for a second without being done.
  public static final long REST_MILLIS = 5_000;

  private final long intervalMillis;
  private long comparedMillis;
  private long seenSequence = -1;
  private long changedMillis;

  /// @param nowMillis of any clock that only goes forward, as in all that follows
  public ComparisonTime(long intervalMillis, long nowMillis) {
    this.intervalMillis = intervalMillis;
    this.comparedMillis = nowMillis;
    this.changedMillis = nowMillis;
  }

  /// Whether it is to be done now, which counts as done. To be asked a few times a second.
  ///
  /// @param sequence the store's last change
  public boolean due(long nowMillis, long sequence) {
    if (sequence != seenSequence) changedMillis = nowMillis;
    seenSequence = sequence;
    var rests = nowMillis - changedMillis >= Math.min(REST_MILLIS, intervalMillis);
    var waited = nowMillis - comparedMillis;
    if (waited < intervalMillis) return false;
    if (!rests && waited / PATIENCE < intervalMillis) return false;
    comparedMillis = nowMillis;
    return true;
  }
}
