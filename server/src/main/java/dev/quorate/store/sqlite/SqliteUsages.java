package dev.quorate.store.sqlite;

import dev.quorate.store.Usage;
import dev.quorate.store.Usages;
import dev.quorate.time.Timestamps;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Counts by agent over the state tables, on any one connection.
///
/// A node that enforces quotas has two indexes more, in which every value that is counted stands,
/// so that no memory is read for it. They are made and dropped when the store is opened and are no
/// part of the schema: a node without quotas does not pay for them at every write.
final class SqliteUsages implements Usages {
  private static final List<String> INDEXES =
      List.of(
          """
          CREATE INDEX IF NOT EXISTS contents_by_agent
          ON contents (agent_id, created_at, shown, expires_ms, bytes) WHERE agent_id IS NOT NULL\
          """,
          """
          CREATE INDEX IF NOT EXISTS links_by_agent
          ON links (agent_id, created_at) WHERE agent_id IS NOT NULL\
          """);

  static final String MEMORIES_MADE =
      "SELECT count(*) FROM contents WHERE agent_id = ? AND created_at >= ?";

  static final String LIVE_BYTES =
      "SELECT sum(bytes) FROM contents WHERE agent_id = ? AND shown = 0 AND expires_ms > ?";

  static final String LINKS_MADE =
      "SELECT count(*) FROM links WHERE agent_id = ? AND created_at >= ?";

  private final Statements sql;
  private final long nowMillis;

  SqliteUsages(Statements sql, long nowMillis) {
    this.sql = sql;
    this.nowMillis = nowMillis;
  }

  /// Makes or drops what counting by agent is quick by.
  static void index(Connection connection, boolean wanted) throws SQLException {
    try (var statement = connection.createStatement()) {
      if (wanted) {
        for (var command : INDEXES) statement.execute(command);
      } else {
        statement.execute("DROP INDEX IF EXISTS contents_by_agent");
        statement.execute("DROP INDEX IF EXISTS links_by_agent");
      }
    }
  }

  @Override
  public long memoriesMade(String agentId, Instant since) {
    return number(MEMORIES_MADE, agentId, Timestamps.render(since));
  }

  @Override
  public long liveBytes(String agentId) {
    return number(LIVE_BYTES, agentId, nowMillis);
  }

  @Override
  public long linksMade(String agentId, Instant since) {
    return number(LINKS_MADE, agentId, Timestamps.render(since));
  }

  @Override
  public Usage of(String agentId, Instant dayStart) {
    var first =
        sql.one(
                "SELECT min(created_at) FROM contents WHERE agent_id = ?",
                row -> Optional.ofNullable(row.getString(1)),
                agentId)
            .flatMap(one -> one)
            .flatMap(Timestamps::parse);
    return new Usage(
        agentId,
        memoriesMade(agentId, dayStart),
        liveBytes(agentId),
        linksMade(agentId, dayStart),
        first.orElse(null));
  }

  @Override
  public List<Usage> largest(Instant dayStart, int limit) {
    var since = Timestamps.render(dayStart);
    var links = new HashMap<String, Long>();
    sql.all(
            """
            SELECT agent_id, count(*) FROM links WHERE agent_id IS NOT NULL AND created_at >= ?
            GROUP BY agent_id\
            """,
            row -> Map.entry(row.getString(1), row.getLong(2)),
            since)
        .forEach(entry -> links.put(entry.getKey(), entry.getValue()));
    return sql.all(
        """
        SELECT agent_id, sum(created_at >= ?), sum(iif(shown = 0 AND expires_ms > ?, bytes, 0)) AS held,
          min(created_at)
        FROM contents WHERE agent_id IS NOT NULL
        GROUP BY agent_id ORDER BY held DESC, agent_id LIMIT ?\
        """,
        row ->
            new Usage(
                row.getString(1),
                row.getLong(2),
                row.getLong(3),
                links.getOrDefault(row.getString(1), 0L),
                Timestamps.parse(row.getString(4)).orElse(null)),
        since,
        nowMillis,
        limit);
  }

  /// The sum of nothing is null, which is read as 0.
  private long number(String query, @Nullable Object... values) {
    return sql.one(query, row -> row.getLong(1), values).orElse(0L);
  }
}
