package dev.quorate.store.sqlite;

import dev.quorate.merge.Digest;
import dev.quorate.merge.Hash;
import dev.quorate.merge.Lane;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Keeps the digest in step with the state: what a mutation changes counts when it stands, and is
/// written with the commit. Owned by the writer.
final class DigestTally {
  private final Statements sql;
  private final List<Step> mutation = new ArrayList<>();
  private final BitSet dirty = new BitSet(Digest.BUCKETS);
  private Digest digest;
  private boolean unsure;

  private record Step(Lane lane, String key, @Nullable Hash before, @Nullable Hash after) {}

  DigestTally(Statements sql) {
    this.sql = sql;
    this.digest = load(sql);
  }

  static Digest load(Statements sql) {
    var loaded = new Digest();
    sql.all(
            "SELECT bucket, high, low FROM digests",
            row -> new long[] {row.getLong(1), row.getLong(2), row.getLong(3)})
        .forEach(row -> loaded.set((int) row[0], row[1], row[2]));
    return loaded;
  }

  void tally(Lane lane, String key, @Nullable Hash before, @Nullable Hash after) {
    mutation.add(new Step(lane, key, before, after));
  }

  /// The mutation stands.
  void settle() {
    for (var step : mutation) {
      if (step.before() != null) digest.remove(step.lane(), step.key(), step.before());
      if (step.after() != null) digest.add(step.lane(), step.key(), step.after());
      dirty.set(Digest.bucket(step.lane(), step.key()));
    }
    mutation.clear();
  }

  /// The mutation was rolled back.
  void drop() {
    mutation.clear();
  }

  /// Writes what changed, as a part of the commit.
  void write() {
    for (var bucket = dirty.nextSetBit(0); bucket >= 0; bucket = dirty.nextSetBit(bucket + 1)) {
      sql.run(
          "INSERT OR REPLACE INTO digests (bucket, high, low) VALUES (?, ?, ?)",
          bucket,
          digest.high(bucket),
          digest.low(bucket));
    }
  }

  void committed() {
    dirty.clear();
  }

  /// The commit failed: what stands is what the tables say. They are read when the next one begins,
  /// for whatever has failed may keep them from being read now.
  void rolledBack() {
    mutation.clear();
    dirty.clear();
    unsure = true;
  }

  /// A commit begins.
  void begin() {
    if (!unsure) return;
    digest = load(sql);
    unsure = false;
  }
}
