package dev.quorate.search;

import java.util.concurrent.TimeUnit;

/// Rations the time that goes into refreshing, which every search after a write asks for: a share
/// of it in the long run, with some saved up so that a search now and then never waits. Not
/// thread-safe.
final class RefreshBudget {
  private static final double SHARE = 0.25;
  private static final double SAVED_MAX = TimeUnit.MILLISECONDS.toNanos(50);

  /// One refresh that took long must not keep searches waiting for many times as long.
  private static final double OWED_MAX = TimeUnit.MILLISECONDS.toNanos(10);

  private double saved = SAVED_MAX;
  private long countedAt;

  RefreshBudget(long nowNanos) {
    this.countedAt = nowNanos;
  }

  /// How long to wait before the next refresh; 0 when it may begin.
  long waitNanos(long nowNanos) {
    saved = Math.min(SAVED_MAX, saved + SHARE * (nowNanos - countedAt));
    countedAt = nowNanos;
    return saved >= 0 ? 0 : Math.round(-saved / SHARE);
  }

  void spend(long nanos) {
    saved = Math.max(-OWED_MAX, saved - nanos);
  }
}
