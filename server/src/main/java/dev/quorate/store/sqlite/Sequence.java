package dev.quorate.store.sqlite;

/// The number that the next change gets. Numbers may be skipped, never used twice. Owned by the
/// writer.
final class Sequence {
  private long last;

  Sequence(long last) {
    this.last = last;
  }

  long next() {
    return ++last;
  }

  long last() {
    return last;
  }
}
