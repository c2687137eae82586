package dev.quorate.store.sqlite;

import dev.quorate.memory.Body;
import dev.quorate.merge.LifecycleRegister;
import dev.quorate.store.ListQuery;
import dev.quorate.store.PageEnd;
import dev.quorate.store.Shown;
import dev.quorate.store.StoredMemory;
import dev.quorate.store.Version;
import dev.quorate.time.Stamp;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Memories as they are shown, on any one connection: each by its id, in lists, in the archive, and
/// what they said before. Not thread-safe.
final class SqliteMemories {
  /// What [#shown] reads.
  static final String MEMORY =
      """
      SELECT c.public_id, c.time, c.origin, c.body, c.shown, c.expires_ms, c.archived_ms,
        c.archive_reason, a.count, a.last_ms, c.created_at, c.id
      FROM contents c LEFT JOIN accesses a ON a.id = c.public_id
      """;

  static final String LIVE = " c.shown = 0 AND c.expires_ms > ? ";

  /// Archived rows, and those that expired: an expiry archives a memory on every node by itself.
  static final String ARCHIVED = " (c.shown IN (1, 3) OR (c.shown = 0 AND c.expires_ms <= ?)) ";

  private static final String ARCHIVED_AT =
      " (CASE c.shown WHEN 0 THEN c.expires_ms ELSE c.archived_ms END) ";

  /// Why a memory whose expiry has passed is archived (api.md 2.3).
  static final String TTL_EXPIRED = "ttl_expired";

  /// Export reads this many memories at a time, so that its memory stays bounded.
  private static final int EXPORT_PAGE = 500;

  private final Statements sql;
  private final SqliteAliases aliases;
  private final long nowMillis;

  SqliteMemories(Statements sql, SqliteAliases aliases, long nowMillis) {
    this.sql = sql;
    this.aliases = aliases;
    this.nowMillis = nowMillis;
  }

  Optional<StoredMemory> memory(String id) {
    var found = sql.one(MEMORY + "WHERE c.id = ? AND c.shown <> 2", this::shown, id);
    return found.isPresent() ? found : shownFor(id);
  }

  /// The memory of a group, by a member that is not the one shown.
  private Optional<StoredMemory> shownFor(String id) {
    for (var member : aliases.members(id)) {
      var found = sql.one(MEMORY + "WHERE c.id = ? AND c.shown <> 2", this::shown, member);
      if (found.isPresent()) return found;
    }
    return Optional.empty();
  }

  List<String> idsWithPrefix(String prefix, int limit) {
    return sql.all(
        """
        SELECT id FROM contents WHERE id >= ?1 AND id < ?1 || char(1114111) AND shown <> 1
        ORDER BY id LIMIT ?2\
        """,
        row -> row.getString(1),
        prefix,
        limit);
  }

  List<StoredMemory> list(ListQuery query) {
    var selection =
        new Selection(MEMORY + "WHERE" + LIVE, nowMillis)
            .where(" AND c.namespace = ?", query.namespace())
            .where(" AND c.tier = ?", query.tier() == null ? null : query.tier().rank())
            .where(" AND c.priority >= ?", query.minPriority() > 1 ? query.minPriority() : null)
            .where(" AND c.created_at >= ?", query.since())
            .where(" AND c.created_at <= ?", query.until())
            .where(" AND c.agent_id = ?", query.agentId())
            .where(
                " AND EXISTS (SELECT 1 FROM json_each(c.body, '$.tags') t WHERE t.value = ?)",
                query.tag());
    var after = query.after();
    if (after != null) {
      selection.then(
          " AND (c.priority < ?  OR (c.priority = ? AND (c.time < ? OR (c.time = ? AND c.id >"
              + " ?))))",
          after.priority(),
          after.priority(),
          after.time(),
          after.time(),
          after.id());
    }
    return selection
        .then(
            " ORDER BY c.priority DESC, c.time DESC, c.id LIMIT ? OFFSET ?",
            query.limit(),
            query.offset())
        .readUntil(PageEnd.BYTES_MAX, PageEnd::bytes, sql, this::shown);
  }

  List<StoredMemory> archived(@Nullable String namespace, int limit, int offset) {
    return new Selection(MEMORY + "WHERE" + ARCHIVED, nowMillis)
        .where(" AND c.namespace = ?", namespace)
        .then(" ORDER BY " + ARCHIVED_AT + " DESC, c.id LIMIT ? OFFSET ?", limit, offset)
        .readUntil(PageEnd.BYTES_MAX, PageEnd::bytes, sql, this::shown);
  }

  List<String> archivedBefore(Instant before, int limit) {
    return sql.all(
        "SELECT c.public_id FROM contents c WHERE"
            + ARCHIVED
            + "AND"
            + ARCHIVED_AT
            + "<= ? ORDER BY"
            + ARCHIVED_AT
            + ", c.id LIMIT ?",
        row -> row.getString(1),
        nowMillis,
        before.toEpochMilli(),
        limit);
  }

  List<String> expired(int limit) {
    return sql.all(
        "SELECT public_id FROM contents WHERE shown = 3 ORDER BY archived_ms, id LIMIT ?",
        row -> row.getString(1),
        limit);
  }

  boolean deletedAfter(Instant moment) {
    return sql.one(
            "SELECT 1 FROM lifecycles WHERE state = ? AND time > ? LIMIT 1",
            row -> row.getInt(1),
            LifecycleRegister.State.DELETED.code(),
            Stamp.at(moment, "").time())
        .isPresent();
  }

  void forEachLive(Consumer<StoredMemory> visitor) {
    var createdAt = "";
    var id = "";
    while (true) {
      var page =
          sql.until(
              PageEnd.BYTES_MAX,
              entry -> PageEnd.bytes(entry.memory()),
              MEMORY
                  + "WHERE"
                  + LIVE
                  + "AND (c.created_at, c.id) > (?, ?) ORDER BY c.created_at, c.id LIMIT ?",
              row -> new Page(shown(row), row.getString(11), row.getString(12)),
              nowMillis,
              createdAt,
              id,
              EXPORT_PAGE);
      page.forEach(entry -> visitor.accept(entry.memory()));
      if (page.isEmpty()) return;
      createdAt = page.getLast().createdAt();
      id = page.getLast().id();
    }
  }

  private record Page(StoredMemory memory, String createdAt, String id) {}

  List<Version> history(String id, long bytes) {
    var versions = new ArrayList<Version>();
    for (var member : aliases.members(id)) {
      versions.addAll(
          sql.until(
              bytes,
              version -> PageEnd.bytes(version.body()),
              """
              SELECT time, origin, body, lost FROM history WHERE id = ?
              ORDER BY time DESC, origin DESC\
              """,
              row ->
                  new Version(
                      new Stamp(row.getLong(1), row.getString(2)),
                      row.getString(3),
                      row.getInt(4) == 1),
              member));
      versions.addAll(
          sql.all(
              "SELECT time, origin, body FROM contents WHERE id = ? AND shown = 2",
              row ->
                  new Version(new Stamp(row.getLong(1), row.getString(2)), row.getString(3), true),
              member));
    }
    versions.sort(Comparator.comparing(Version::stamp).reversed());
    return versions;
  }

  /// The memory in a row of [#MEMORY], live or archived.
  StoredMemory shown(ResultSet row) throws SQLException {
    var publicId = row.getString(1);
    var shown = row.getInt(5);
    var expiresMillis = row.getLong(6);
    StoredMemory.Archived archived = null;
    if (shown == Shown.ARCHIVED.code() || shown == Shown.EXPIRED.code()) {
      var expired = shown == Shown.EXPIRED.code();
      archived = archived(row.getLong(7), row.getString(8), expired);
    } else if (expiresMillis <= nowMillis) {
      archived = archived(expiresMillis, TTL_EXPIRED, true);
    }
    var lastMillis = row.getLong(10);
    return new StoredMemory(
        publicId,
        new Stamp(row.getLong(2), row.getString(3)),
        publicId.equals(row.getString(12))
            ? row.getString(4)
            : Body.write(Body.read(row.getString(4)).withId(publicId)),
        archived,
        row.getLong(9),
        lastMillis == 0 ? null : Instant.ofEpochMilli(lastMillis));
  }

  private static StoredMemory.Archived archived(long millis, String reason, boolean expired) {
    return new StoredMemory.Archived(Instant.ofEpochMilli(millis), reason, expired);
  }
}
