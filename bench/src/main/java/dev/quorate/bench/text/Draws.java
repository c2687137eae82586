package dev.quorate.bench.text;

import java.util.SplittableRandom;

/// The random numbers that belong to the n-th thing of a kind, whichever thread makes it and when.
public final class Draws {
  private Draws() {}

  /// A fresh generator for one numbered thing; `kind` keeps equal numbers of two kinds apart.
  public static SplittableRandom of(long seed, String kind, long number) {
    return new SplittableRandom(mixed(mixed(seed ^ kind.hashCode()) + number));
  }

  /// Spreads every bit over all others (the finishing steps of MurmurHash3).
  private static long mixed(long value) {
    var mixed = value;
    mixed = (mixed ^ (mixed >>> 33)) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ (mixed >>> 33);
  }
}
