package dev.quorate.seeds;

import java.util.function.Consumer;
import java.util.stream.LongStream;

/// Which seeds the property tests run with: `-Dseeds=2000` tries more of them, `-Dseed=42` only
/// that one.
public final class Seeds {
  private static final long COUNT_DEFAULT = 300;

  private Seeds() {}

  public static LongStream each() {
    return each(COUNT_DEFAULT);
  }

  /// The same for a property that is too slow for so many, unless a number was asked for.
  public static LongStream each(long usual) {
    var one = Long.getLong("seed");
    return one != null ? LongStream.of(one) : LongStream.range(0, Long.getLong("seeds", usual));
  }

  /// The one seed of a test that is too slow for many: the one that was asked for, or a new one.
  public static long one() {
    var one = Long.getLong("seed");
    return one != null ? one : System.nanoTime() & 0xffff_ffffL;
  }

  /// Tries the property with the seed. What goes wrong is thrown again with the seed in front.
  public static void check(long seed, Consumer<Chance> property) {
    try {
      property.accept(new Chance(seed));
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("-Dseed=%d: %s".formatted(seed, e.getMessage()), e);
    }
  }
}
