package dev.quorate.merge;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

/// What a node holds, in a few numbers: registers are spread over buckets by lane and key, and each
/// bucket has the sum of its registers' hashes. Two nodes hold the same when their sums are equal;
/// where a bucket differs, only that bucket has to be looked at. A sum is a 128-bit number, added
/// without carry between its halves, so that it can follow every change and does not depend on
/// their order. Not thread-safe.
public final class Digest {
  public static final int BUCKETS = 1_024;

  private final long[] high;
  private final long[] low;

  public Digest() {
    this(new long[BUCKETS], new long[BUCKETS]);
  }

  private Digest(long[] high, long[] low) {
    this.high = high;
    this.low = low;
  }

  /// The bucket of a register: the same on every node and in every version of the program.
  public static int bucket(Lane lane, String key) {
    // String's hash code is part of the Java platform's specification.
    var mixed = (key.hashCode() * 31 + lane.code()) * 0x9E3779B1;
    return mixed >>> 22;
  }

  public void add(Lane lane, String key, Hash hash) {
    var bucket = bucket(lane, key);
    var bytes = ByteBuffer.wrap(hash.bytes());
    high[bucket] += bytes.getLong();
    low[bucket] += bytes.getLong();
  }

  public void remove(Lane lane, String key, Hash hash) {
    var bucket = bucket(lane, key);
    var bytes = ByteBuffer.wrap(hash.bytes());
    high[bucket] -= bytes.getLong();
    low[bucket] -= bytes.getLong();
  }

  /// Adds what another digest holds.
  public void add(Digest other) {
    for (var bucket = 0; bucket < BUCKETS; bucket++) {
      high[bucket] += other.high[bucket];
      low[bucket] += other.low[bucket];
    }
  }

  public void set(int bucket, long highSum, long lowSum) {
    high[bucket] = highSum;
    low[bucket] = lowSum;
  }

  public long high(int bucket) {
    return high[bucket];
  }

  public long low(int bucket) {
    return low[bucket];
  }

  /// A bucket's sum as 32 hex digits.
  public String text(int bucket) {
    var hex = HexFormat.of();
    return hex.toHexDigits(high[bucket]) + hex.toHexDigits(low[bucket]);
  }

  /// One hash over all buckets.
  public Hash root() {
    var bytes = ByteBuffer.allocate(BUCKETS * 2 * Long.BYTES);
    for (var bucket = 0; bucket < BUCKETS; bucket++) {
      bytes.putLong(high[bucket]).putLong(low[bucket]);
    }
    return Hash.digest(bytes.array());
  }

  public Digest copy() {
    return new Digest(high.clone(), low.clone());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Digest that
        && Arrays.equals(high, that.high)
        && Arrays.equals(low, that.low);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(high) * 31 + Arrays.hashCode(low);
  }

  @Override
  public String toString() {
    return root().toString();
  }
}
