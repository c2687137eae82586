package dev.quorate.store.sqlite;

import dev.quorate.store.Notice;
import dev.quorate.store.NoticeBook;
import dev.quorate.subscriptions.CorrelationId;
import dev.quorate.subscriptions.Event;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The events on their way to subscribers, on any one connection.
final class SqliteNotices implements NoticeBook {
  private static final String NOTICE =
      """
      SELECT number, subscription_id, correlation_id, event, body, made_ms, tried, status, reason,
        given_up_ms
      FROM notices
      """;

  private final Statements sql;
  private boolean raised;

  SqliteNotices(Statements sql) {
    this.sql = sql;
  }

  private static Notice notice(ResultSet row) throws SQLException {
    return new Notice(
        row.getLong(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        row.getLong(6),
        row.getInt(7),
        row.getInt(8),
        row.getString(9),
        row.getLong(10));
  }

  @Override
  public List<String> subscriptionsWaiting() {
    return sql.all(
        "SELECT subscription_id FROM notice_counts WHERE waiting > 0", row -> row.getString(1));
  }

  @Override
  public Optional<Notice> next(String subscriptionId) {
    return sql.one(
        NOTICE + "WHERE dead = 0 AND subscription_id = ? ORDER BY number LIMIT 1",
        SqliteNotices::notice,
        subscriptionId);
  }

  @Override
  public List<Notice> dead(@Nullable String subscriptionId, long before, int limit) {
    return subscriptionId == null
        ? sql.all(
            NOTICE + "WHERE dead = 1 AND number < ? ORDER BY number DESC LIMIT ?",
            SqliteNotices::notice,
            before,
            limit)
        : sql.all(
            NOTICE
                + "WHERE dead = 1 AND subscription_id = ? AND number < ? ORDER BY number DESC LIMIT ?",
            SqliteNotices::notice,
            subscriptionId,
            before,
            limit);
  }

  @Override
  public Map<String, Counts> counts() {
    var counts = new HashMap<String, Counts>();
    sql.each(
        "SELECT subscription_id, waiting, sent, failed FROM notice_counts",
        row ->
            counts.put(
                row.getString(1), new Counts(row.getLong(2), row.getLong(3), row.getLong(4))));
    return counts;
  }

  /// Notes an event for a subscriber. Where too many wait already it is given up at once.
  void add(String subscriptionId, Event event, long nowMillis) {
    var correlationId = CorrelationId.next(nowMillis);
    var waiting =
        sql.one(
                "SELECT waiting FROM notice_counts WHERE subscription_id = ?",
                row -> row.getLong(1),
                subscriptionId)
            .orElse(0L);
    var full = waiting >= WAITING_MAX;
    sql.run(
        """
        INSERT INTO notices (subscription_id, correlation_id, event, body, made_ms, dead, tried,
          status, reason, given_up_ms)
        VALUES (?, ?, ?, ?, ?, ?, 0, 0, ?, ?)\
        """,
        subscriptionId,
        correlationId,
        event.type().text(),
        event.body(correlationId),
        nowMillis,
        full ? 1 : 0,
        full ? "%d events wait for this subscriber already".formatted(WAITING_MAX) : "",
        full ? nowMillis : 0L);
    if (full) {
      count(subscriptionId, 0, 1, 1);
      bound(subscriptionId);
    } else {
      count(subscriptionId, 1, 0, 0);
      raised = true;
    }
  }

  /// Whether this had an event wait that did not wait before.
  boolean raised() {
    return raised;
  }

  private void count(String subscriptionId, int waiting, int sent, int failed) {
    sql.run(
        """
        INSERT INTO notice_counts (subscription_id, waiting, sent, failed) VALUES (?1, ?2, ?3, ?4)
        ON CONFLICT DO UPDATE SET waiting = waiting + ?2, sent = sent + ?3, failed = failed + ?4\
        """,
        subscriptionId,
        waiting,
        sent,
        failed);
  }

  private void bound(String subscriptionId) {
    sql.run(
        """
        DELETE FROM notices WHERE number IN (
          SELECT number FROM notices WHERE dead = 1 AND subscription_id = ?
          ORDER BY number DESC LIMIT -1 OFFSET ?)\
        """,
        subscriptionId,
        DEAD_MAX);
  }

  @Override
  public void acknowledge(Notice notice) {
    if (sql.run("DELETE FROM notices WHERE number = ? AND dead = 0", notice.number()) == 1) {
      count(notice.subscriptionId(), -1, 1, 0);
    }
  }

  @Override
  public void bury(Notice notice, int tried, int status, String reason, long atMillis) {
    var buried =
        sql.run(
            """
            UPDATE notices SET dead = 1, tried = ?, status = ?, reason = ?,
              given_up_ms = ?
            WHERE number = ? AND dead = 0\
            """,
            tried,
            status,
            reason,
            atMillis,
            notice.number());
    if (buried == 0) return;
    count(notice.subscriptionId(), -1, 1, 1);
    bound(notice.subscriptionId());
  }

  @Override
  public int redrive(String subscriptionId, @Nullable Long number) {
    var redriven =
        sql.run(
            """
            UPDATE notices SET dead = 0, tried = 0, status = 0, reason = '', given_up_ms = 0
            WHERE dead = 1 AND subscription_id = ?1 AND (?2 IS NULL OR number = ?2)\
            """,
            subscriptionId,
            number);
    if (redriven == 0) return 0;
    count(subscriptionId, redriven, 0, 0);
    raised = true;
    return redriven;
  }

  /// Forgets everything of a subscription that is no more.
  void forget(String subscriptionId) {
    sql.run("DELETE FROM notices WHERE subscription_id = ?", subscriptionId);
    sql.run("DELETE FROM notice_counts WHERE subscription_id = ?", subscriptionId);
  }
}
