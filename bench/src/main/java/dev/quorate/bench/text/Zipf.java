package dev.quorate.bench.text;

import java.util.SplittableRandom;

/// Ranks drawn by the law of Zipf and Mandelbrot: rank k comes up in proportion to 1 / (k +
/// shift)^exponent, as words do in natural text. Drawing takes the same short time for any rank
/// (Walker's alias table). Immutable, thread-safe.
public final class Zipf {
  private final double[] keep;
  private final int[] alias;

  public Zipf(int ranks, double exponent, double shift) {
    if (ranks < 1) throw new IllegalArgumentException("at least one rank is needed: " + ranks);
    keep = new double[ranks];
    alias = new int[ranks];
    // StrictMath, because a draw must be the same on every machine.
    var total = 0.0;
    for (var rank = 0; rank < ranks; rank++) {
      keep[rank] = StrictMath.pow(rank + 1 + shift, -exponent);
      total += keep[rank];
    }
    for (var rank = 0; rank < ranks; rank++) keep[rank] *= ranks / total;
    pair(ranks);
  }

  /// A rank from 0, the most frequent.
  public int draw(SplittableRandom random) {
    var column = random.nextInt(keep.length);
    return random.nextDouble() < keep[column] ? column : alias[column];
  }

  /// Fills up each column that holds less than its share with the excess of one that holds more.
  private void pair(int ranks) {
    var poor = new int[ranks];
    var rich = new int[ranks];
    var poorCount = 0;
    var richCount = 0;
    for (var rank = 0; rank < ranks; rank++) {
      if (keep[rank] < 1) poor[poorCount++] = rank;
      else rich[richCount++] = rank;
    }
    while (poorCount > 0 && richCount > 0) {
      var taker = poor[--poorCount];
      var giver = rich[richCount - 1];
      alias[taker] = giver;
      keep[giver] -= 1 - keep[taker];
      if (keep[giver] < 1) {
        richCount--;
        poor[poorCount++] = giver;
      }
    }
    // What is left over differs from a full share by rounding only.
    while (poorCount > 0) keep[poor[--poorCount]] = 1;
    while (richCount > 0) keep[rich[--richCount]] = 1;
  }
}
