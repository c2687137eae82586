package dev.quorate.identity;

import java.util.Arrays;

/// Which counters of one process of a peer were seen: exact for the last [#SIZE] below the highest,
/// and everything before counts as seen. Not thread-safe.
final class CounterWindow {
  /// How far a message may arrive behind one that was sent later.
  static final int SIZE = 1_024;

  private final long[] seen = new long[SIZE / Long.SIZE];
  private long highest;

  private CounterWindow(long highest) {
    this.highest = highest;
  }

  static CounterWindow empty() {
    return new CounterWindow(-1);
  }

  /// All counters up to this one are seen.
  static CounterWindow seenUpTo(long highest) {
    var window = new CounterWindow(highest);
    Arrays.fill(window.seen, -1L);
    return window;
  }

  long highest() {
    return highest;
  }

  /// Marks a counter. Returns whether it was not seen before.
  boolean mark(long counter) {
    if (counter <= highest - SIZE) return false;
    if (counter > highest) advance(counter);
    var word = word(counter);
    var bit = 1L << (counter % Long.SIZE);
    var isFresh = (seen[word] & bit) == 0;
    seen[word] |= bit;
    return isFresh;
  }

  /// Makes room for what lies between the highest so far and a new highest.
  private void advance(long counter) {
    if (counter - highest >= SIZE) {
      Arrays.fill(seen, 0);
    } else {
      for (var skipped = highest + 1; skipped <= counter; skipped++) {
        seen[word(skipped)] &= ~(1L << (skipped % Long.SIZE));
      }
    }
    highest = counter;
  }

  private static int word(long counter) {
    return (int) (counter % SIZE) / Long.SIZE;
  }
}
