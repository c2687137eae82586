package dev.quorate.store.sqlite;

import java.time.Instant;
import java.time.InstantSource;

/// A wall clock that stands still until it is set, back as well as forth. Thread-safe.
final class SettableClock implements InstantSource {
  private volatile Instant now;

  SettableClock(Instant now) {
    this.now = now;
  }

  void set(Instant instant) {
    now = instant;
  }

  void move(long millis) {
    set(now.plusMillis(millis));
  }

  @Override
  public Instant instant() {
    return now;
  }
}
