package dev.quorate.store.sqlite;

import dev.quorate.merge.Lane;
import dev.quorate.store.Change;
import dev.quorate.store.Changes;
import dev.quorate.store.Origin;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The sequence of changes, on any one connection.
final class SqliteChanges implements Changes {
  private static final String OWN =
      """
      SELECT c.sequence, c.lane, c.key, f.origin, f.origin_epoch, f.origin_sequence, c.together
      FROM changes c LEFT JOIN changes f
        ON f.lane = c.lane AND f.key = c.key AND (f.origin IS NULL) = 0 AND f.sequence > c.sequence
      WHERE c.origin IS NULL\
      """;

  private final Statements sql;
  private final String nodeId;
  private final String epoch;

  SqliteChanges(Statements sql, String nodeId, String epoch) {
    this.sql = sql;
    this.nodeId = nodeId;
    this.epoch = epoch;
  }

  @Override
  public List<Change> after(long sequence, int limit) {
    return sql.all(
        """
        SELECT sequence, lane, key, origin, origin_epoch, origin_sequence, together FROM changes
        WHERE sequence > ? ORDER BY sequence LIMIT ?\
        """,
        this::change,
        sequence,
        limit);
  }

  @Override
  public List<Change> ownAfter(long sequence, int limit) {
    return sql.all(
        OWN + " AND c.sequence > ? ORDER BY c.sequence LIMIT ?", this::change, sequence, limit);
  }

  @Override
  public List<Change> ownOf(String together) {
    return sql.all(OWN + " AND c.together = ? ORDER BY c.sequence", this::change, together);
  }

  @Override
  public Optional<Long> ownSequence(Lane lane, String key) {
    return ownSequence(sql, lane, key);
  }

  /// The number of the latest change of a register that was made here.
  static Optional<Long> ownSequence(Statements sql, Lane lane, String key) {
    return sql.one(
        "SELECT sequence FROM changes WHERE lane = ? AND key = ? AND origin IS NULL",
        row -> row.getLong(1),
        lane.code(),
        key);
  }

  @Override
  public Optional<Change> latest(Lane lane, String key) {
    return sql.one(
        """
        SELECT sequence, lane, key, origin, origin_epoch, origin_sequence, together FROM changes
        WHERE lane = ? AND key = ? ORDER BY sequence DESC LIMIT 1\
        """,
        this::change,
        lane.code(),
        key);
  }

  @Override
  public long heldThrough(long sequence, List<Origin> holds) {
    record Latest(@Nullable String node, @Nullable String epoch, long sequence) {}
    var latest =
        sql.all(
            """
            SELECT origin, origin_epoch, MAX(COALESCE(origin_sequence, sequence)) FROM changes
            WHERE sequence > ? GROUP BY origin, origin_epoch\
            """,
            row -> new Latest(row.getString(1), row.getString(2), row.getLong(3)),
            sequence);
    var through = Math.max(sequence, lastSequence());
    for (var made : latest) {
      var node = made.node() == null ? nodeId : made.node();
      var epoch = made.epoch() == null ? this.epoch : made.epoch();
      var held =
          holds.stream()
              .filter(origin -> origin.node().equals(node) && origin.epoch().equals(epoch))
              .mapToLong(Origin::sequence)
              .findFirst()
              .orElse(Long.MIN_VALUE);
      if (made.sequence() <= held) continue;
      var first =
          sql.one(
              """
              SELECT MIN(sequence) FROM changes
              WHERE sequence > ? AND origin IS ? AND origin_epoch IS ?
                AND COALESCE(origin_sequence, sequence) > ?\
              """,
              row -> row.getLong(1),
              sequence,
              made.node(),
              made.epoch(),
              held);
      through = Math.min(through, first.orElseThrow() - 1);
    }
    return through;
  }

  @Override
  public long lastSequence() {
    // The greatest number may have been given to a change that a delete or a rollback took away.
    return sql.one(
            """
            SELECT max(
              coalesce((SELECT max(sequence) FROM changes), 0),
              coalesce((SELECT CAST(value AS INTEGER) FROM facts WHERE name = 'sequence'), 0))\
            """,
            row -> row.getLong(1))
        .orElse(0L);
  }

  private Change change(ResultSet row) throws SQLException {
    var own = row.getString(4) == null;
    return new Change(
        row.getLong(1),
        Lane.of(row.getInt(2)),
        row.getString(3),
        own ? nodeId : row.getString(4),
        own ? epoch : row.getString(5),
        own ? row.getLong(1) : row.getLong(6),
        row.getString(7));
  }
}
