package dev.quorate.seeds;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Draws from one seed: the same seed gives the same draws. Not thread-safe.
public final class Chance {
  private final SplittableRandom random;

  public Chance(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /// From 0 to `bound` - 1.
  public int below(int bound) {
    return random.nextInt(bound);
  }

  /// From `low` to `high`, both included.
  public long between(long low, long high) {
    return random.nextLong(low, high + 1);
  }

  public boolean percent(int likelihood) {
    return random.nextInt(100) < likelihood;
  }

  public double fraction() {
    return random.nextDouble();
  }

  public byte[] bytes(int count) {
    var bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  @SafeVarargs
  public final <T> T oneOf(T... choices) {
    return choices[below(choices.length)];
  }

  public <T> T oneOf(List<T> choices) {
    return choices.get(below(choices.size()));
  }

  public <T> List<T> shuffled(List<T> items) {
    var mixed = new ArrayList<>(items);
    for (var i = mixed.size() - 1; i > 0; i--) {
      var other = below(i + 1);
      var item = mixed.get(i);
      mixed.set(i, mixed.get(other));
      mixed.set(other, item);
    }
    return mixed;
  }

  /// The items cut into batches of random sizes, in their order.
  public <T> List<List<T>> split(List<T> items) {
    var batches = new ArrayList<List<T>>();
    for (var from = 0; from < items.size(); ) {
      var to = Math.min(items.size(), from + 1 + below(percent(30) ? items.size() : 4));
      batches.add(items.subList(from, to));
      from = to;
    }
    return batches;
  }

  /// Well-formed text of at most `codePointsMax` characters from all over Unicode, with those that
  /// need an escape among them.
  public String text(int codePointsMax) {
    var out = new StringBuilder();
    for (var left = below(codePointsMax + 1); left > 0; left--) {
      out.appendCodePoint(
          switch (below(8)) {
            case 0 -> oneOf((int) '"', (int) '\\', (int) '/', (int) '\n', (int) '\t', 0x7f);
            case 1 -> below(0x20);
            case 2 -> 0xa0 + below(0x700);
            case 3 -> 0xe000 + below(0x1ffe);
            case 4 -> 0x1f300 + below(0x300);
            default -> 'a' + below(26);
          });
    }
    return out.toString();
  }
}
