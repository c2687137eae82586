package dev.quorate.store.sqlite;

import static dev.quorate.store.sqlite.SqliteMemories.ARCHIVED;
import static dev.quorate.store.sqlite.SqliteMemories.LIVE;

import dev.quorate.memory.Tier;
import dev.quorate.store.Totals;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Counts over the memories of a node, on any one connection.
final class SqliteTotals {
  private final Statements sql;
  private final long nowMillis;

  SqliteTotals(Statements sql, long nowMillis) {
    this.sql = sql;
    this.nowMillis = nowMillis;
  }

  List<Totals.Count> liveByNamespace() {
    return sql.all(
        "SELECT c.namespace, count(*) AS n FROM contents c WHERE"
            + LIVE
            + "GROUP BY c.namespace ORDER BY n DESC, c.namespace",
        SqliteTotals::count,
        nowMillis);
  }

  List<Totals.Count> archivedByNamespace() {
    return sql.all(
        "SELECT c.namespace, count(*) AS n FROM contents c WHERE"
            + ARCHIVED
            + "GROUP BY c.namespace ORDER BY n DESC, c.namespace",
        SqliteTotals::count,
        nowMillis);
  }

  Totals totals() {
    var byTier =
        sql.all(
            "SELECT tier, count(*) FROM contents WHERE shown = 0 GROUP BY tier ORDER BY tier",
            row -> new Totals.Count(Tier.ofRank(row.getInt(1)).text(), row.getLong(2)));
    var byNamespace =
        sql.all(
            """
            SELECT namespace, count(*) AS n FROM contents WHERE shown = 0
            GROUP BY namespace ORDER BY n DESC, namespace\
            """,
            SqliteTotals::count);
    return new Totals(
        byTier.stream().mapToLong(Totals.Count::count).sum(),
        byTier,
        byNamespace,
        number(
            "SELECT count(*) FROM contents WHERE shown = 0 AND expires_ms > ? AND expires_ms <= ?",
            nowMillis,
            nowMillis + 3_600_000L),
        number("SELECT count(*) FROM links WHERE present = 1"),
        number("SELECT count(*) FROM contents c WHERE" + ARCHIVED, nowMillis),
        number("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"));
  }

  private long number(String query, @Nullable Object... values) {
    return sql.one(query, row -> row.getLong(1), values).orElse(0L);
  }

  private static Totals.Count count(ResultSet row) throws SQLException {
    return new Totals.Count(row.getString(1), row.getLong(2));
  }
}
