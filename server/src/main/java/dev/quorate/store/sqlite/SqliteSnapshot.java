package dev.quorate.store.sqlite;

import dev.quorate.memory.Body;
import dev.quorate.memory.Link;
import dev.quorate.memory.LinkBody;
import dev.quorate.memory.Tier;
import dev.quorate.merge.ContentRegister;
import dev.quorate.merge.Digest;
import dev.quorate.merge.Lane;
import dev.quorate.merge.LifecycleRegister;
import dev.quorate.merge.LinkRegister;
import dev.quorate.merge.PendingAction;
import dev.quorate.merge.Register;
import dev.quorate.merge.StandardRegister;
import dev.quorate.merge.SubscriptionRegister;
import dev.quorate.merge.Vote;
import dev.quorate.store.Changes;
import dev.quorate.store.LinkPage;
import dev.quorate.store.LinkQuery;
import dev.quorate.store.ListQuery;
import dev.quorate.store.Notices;
import dev.quorate.store.Peers;
import dev.quorate.store.RecordedOutcome;
import dev.quorate.store.RegisterName;
import dev.quorate.store.Shown;
import dev.quorate.store.Snapshot;
import dev.quorate.store.StoredLink;
import dev.quorate.store.StoredMemory;
import dev.quorate.store.Totals;
import dev.quorate.store.UnembeddedPage;
import dev.quorate.store.Usages;
import dev.quorate.store.VectorCount;
import dev.quorate.store.VectorSpace;
import dev.quorate.store.Version;
import dev.quorate.time.Stamp;
import dev.quorate.time.Timestamps;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The reads, on any one connection.
class SqliteSnapshot implements Snapshot {
  private static final String MEMORY =
      """
      SELECT c.public_id, c.time, c.origin, c.body, c.shown, c.expires_ms, c.archived_ms,
        c.archive_reason, a.count, a.last_ms, c.created_at, c.id
      FROM contents c LEFT JOIN accesses a ON a.id = c.public_id
      """;

  private static final String LIVE = " c.shown = 0 AND c.expires_ms > ? ";

  /// Archived rows, and those that expired: an expiry archives a memory on every node by itself.
  private static final String ARCHIVED =
      " (c.shown IN (1, 3) OR (c.shown = 0 AND c.expires_ms <= ?)) ";

  private static final String ARCHIVED_AT =
      " (CASE c.shown WHEN 0 THEN c.expires_ms ELSE c.archived_ms END) ";

  /// Why a memory whose expiry has passed is archived (api.md 2.3).
  static final String TTL_EXPIRED = "ttl_expired";

  /// Export reads this many memories at a time, so that its memory stays bounded.
  private static final int EXPORT_PAGE = 500;

  /// How many namespaces are looked at for a title.
  private static final int NAMESPACES_MAX = 10_000;

  private final Statements sql;
  private final SqliteRegisters registers;
  private Optional<Boolean> aliased = Optional.empty();
  private final String nodeId;
  private final String epoch;
  private final long nowMillis;

  SqliteSnapshot(Statements sql, String nodeId, String epoch, long nowMillis) {
    this.sql = sql;
    this.registers = new SqliteRegisters(sql);
    this.nodeId = nodeId;
    this.epoch = epoch;
    this.nowMillis = nowMillis;
  }

  @Override
  public long nowMillis() {
    return nowMillis;
  }

  @Override
  public Optional<StoredMemory> memory(String id) {
    var found = sql.one(MEMORY + "WHERE c.id = ? AND c.shown <> 2", this::memory, id);
    return found.isPresent() ? found : shownFor(id);
  }

  /// The memory of a group, by a member that is not the one shown.
  private Optional<StoredMemory> shownFor(String id) {
    for (var member : members(id)) {
      var found = sql.one(MEMORY + "WHERE c.id = ? AND c.shown <> 2", this::memory, member);
      if (found.isPresent()) return found;
    }
    return Optional.empty();
  }

  @Override
  public List<String> idsWithPrefix(String prefix, int limit) {
    return sql.all(
        """
        SELECT id FROM contents WHERE id >= ?1 AND id < ?1 || char(1114111) AND shown <> 1
        ORDER BY id LIMIT ?2\
        """,
        row -> row.getString(1),
        prefix,
        limit);
  }

  @Override
  public Optional<StoredMemory> liveByTitle(String namespace, String title) {
    return sql.one(
        MEMORY + "WHERE c.namespace = ? AND c.title = ? AND" + LIVE,
        this::memory,
        namespace,
        title,
        nowMillis);
  }

  @Override
  public List<String> shownUnder(String namespace, String title) {
    return sql.all(
        "SELECT c.id FROM contents c WHERE c.namespace = ? AND c.title = ? AND"
            + LIVE
            + "ORDER BY c.id",
        row -> row.getString(1),
        namespace,
        title,
        nowMillis);
  }

  @Override
  public List<StoredMemory> entitiesNamed(String name, int limit) {
    var found = new LinkedHashMap<String, StoredMemory>();
    var ids =
        sql.all(
            "SELECT id FROM entity_names WHERE name = ? ORDER BY id LIMIT ?",
            row -> row.getString(1),
            name,
            limit);
    for (var id : ids) {
      memory(id).filter(StoredMemory::live).ifPresent(memory -> found.put(memory.id(), memory));
    }
    return List.copyOf(found.values());
  }

  @Override
  public List<StoredMemory> aboutTopic(String topic, @Nullable String namespace, int limit) {
    var where = new StringBuilder(MEMORY).append("WHERE c.topic IS NOT NULL AND c.topic = ? AND");
    where.append(LIVE);
    var values = new ArrayList<@Nullable Object>();
    values.add(topic);
    values.add(nowMillis);
    filter(where, values, " AND c.namespace = ?", namespace);
    where.append(" ORDER BY c.created_at, c.id LIMIT ?");
    values.add(limit);
    var found = new LinkedHashMap<String, StoredMemory>();
    for (var memory : sql.all(where.toString(), this::memory, values.toArray())) {
      found.put(memory.id(), memory);
    }
    for (var memory : titled(topic, namespace, limit)) found.put(memory.id(), memory);
    return found.values().stream()
        .sorted(
            Comparator.comparing((StoredMemory one) -> one.memory().createdAt())
                .thenComparing(StoredMemory::id))
        .toList();
  }

  /// Goes from namespace to namespace: the index of titles is within each.
  @Override
  public List<StoredMemory> titled(String title, @Nullable String namespace, int limit) {
    if (namespace != null) return liveByTitle(namespace, title).stream().toList();
    var found = new ArrayList<StoredMemory>();
    var after = "";
    for (var looked = 0; looked < NAMESPACES_MAX && found.size() < limit; looked++) {
      var next =
          sql.one(
              "SELECT min(namespace) FROM contents WHERE shown = 0 AND namespace > ?",
              row -> Optional.ofNullable(row.getString(1)),
              after);
      var name = next.flatMap(one -> one);
      if (name.isEmpty()) break;
      after = name.get();
      liveByTitle(after, title).ifPresent(found::add);
    }
    return found;
  }

  @Override
  public List<ContentRegister> contentsAfter(long time, int limit) {
    return registers.liveAfter(time, limit, nowMillis);
  }

  @Override
  public List<StoredMemory> list(ListQuery query) {
    var where = new StringBuilder(MEMORY).append("WHERE").append(LIVE);
    var values = new ArrayList<@Nullable Object>();
    values.add(nowMillis);
    filter(where, values, " AND c.namespace = ?", query.namespace());
    filter(where, values, " AND c.tier = ?", query.tier() == null ? null : query.tier().rank());
    if (query.minPriority() > 1) filter(where, values, " AND c.priority >= ?", query.minPriority());
    filter(where, values, " AND c.created_at >= ?", text(query.since()));
    filter(where, values, " AND c.created_at <= ?", text(query.until()));
    filter(where, values, " AND c.agent_id = ?", query.agentId());
    filter(
        where,
        values,
        " AND EXISTS (SELECT 1 FROM json_each(c.body, '$.tags') t WHERE t.value = ?)",
        query.tag());
    var after = query.after();
    if (after != null) {
      where.append(
          " AND (c.priority < ?  OR (c.priority = ? AND (c.time < ? OR (c.time = ? AND c.id >"
              + " ?))))");
      values.add(after.priority());
      values.add(after.priority());
      values.add(after.time());
      values.add(after.time());
      values.add(after.id());
    }
    where.append(" ORDER BY c.priority DESC, c.time DESC, c.id LIMIT ? OFFSET ?");
    values.add(query.limit());
    values.add(query.offset());
    return sql.all(where.toString(), this::memory, values.toArray());
  }

  @Override
  public List<StoredMemory> archived(@Nullable String namespace, int limit, int offset) {
    var where = new StringBuilder(MEMORY).append("WHERE").append(ARCHIVED);
    var values = new ArrayList<@Nullable Object>();
    values.add(nowMillis);
    filter(where, values, " AND c.namespace = ?", namespace);
    where.append(" ORDER BY ").append(ARCHIVED_AT).append(" DESC, c.id LIMIT ? OFFSET ?");
    values.add(limit);
    values.add(offset);
    return sql.all(where.toString(), this::memory, values.toArray());
  }

  @Override
  public List<String> archivedBefore(Instant before, int limit) {
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

  @Override
  public List<String> expired(int limit) {
    return sql.all(
        "SELECT public_id FROM contents WHERE shown = 3 ORDER BY archived_ms, id LIMIT ?",
        row -> row.getString(1),
        limit);
  }

  @Override
  public void forEachLive(Consumer<StoredMemory> visitor) {
    var createdAt = "";
    var id = "";
    while (true) {
      var page =
          sql.all(
              MEMORY
                  + "WHERE"
                  + LIVE
                  + "AND (c.created_at, c.id) > (?, ?) ORDER BY c.created_at, c.id LIMIT ?",
              row -> new Page(memory(row), row.getString(11), row.getString(12)),
              nowMillis,
              createdAt,
              id,
              EXPORT_PAGE);
      page.forEach(entry -> visitor.accept(entry.memory()));
      if (page.size() < EXPORT_PAGE) return;
      createdAt = page.getLast().createdAt();
      id = page.getLast().id();
    }
  }

  private record Page(StoredMemory memory, String createdAt, String id) {}

  @Override
  public List<StoredLink> linksOf(String id) {
    var links = new ArrayList<StoredLink>();
    for (var member : members(id)) {
      links.addAll(
          sql.all(
              """
              SELECT body, time, origin FROM links WHERE source = ?1 AND present = 1
              UNION SELECT body, time, origin FROM links WHERE target = ?1 AND present = 1\
              """,
              SqliteSnapshot::storedLink,
              member));
    }
    return shown(links, stored -> stored).stream()
        .sorted(Comparator.comparing(StoredLink::stamp))
        .toList();
  }

  @Override
  public LinkPage links(LinkQuery query) {
    var ends = members(query.memoryId());
    var column = query.direction() == LinkQuery.Direction.FROM ? "source" : "target";
    var values = new ArrayList<@Nullable Object>(ends);
    var where =
        new StringBuilder("SELECT body, time, origin FROM links WHERE present = 1 AND ")
            .append(column)
            .append(" IN (")
            .append(String.join(", ", Collections.nCopies(ends.size(), "?")))
            .append(")");
    filter(where, values, " AND since >= ?", text(query.since()));
    filter(where, values, " AND since <= ?", text(query.until()));
    where.append(" ORDER BY since, source, target, relation LIMIT ? OFFSET ?");
    values.add(query.rows());
    values.add(query.offset());
    var rows = sql.all(where.toString(), SqliteSnapshot::storedLink, values.toArray());
    return new LinkPage(shown(rows, this::latestOfGroup), rows.size());
  }

  private static StoredLink storedLink(ResultSet row) throws SQLException {
    return new StoredLink(
        LinkBody.read(row.getString(1)), new Stamp(row.getLong(2), row.getString(3)));
  }

  /// The latest of the links that say the same between members of two groups.
  private StoredLink latestOfGroup(StoredLink stored) {
    if (!hasAliases()) return stored;
    var link = stored.link();
    return latest(link.sourceId(), link.targetId(), link.relation().text()).orElse(stored);
  }

  private Optional<StoredLink> latest(String sourceId, String targetId, String relation) {
    var latest = Optional.<StoredLink>empty();
    for (var source : members(sourceId)) {
      for (var target : members(targetId)) {
        var other =
            sql.one(
                """
                SELECT body, time, origin FROM links
                WHERE source = ? AND target = ? AND relation = ? AND present = 1\
                """,
                SqliteSnapshot::storedLink,
                source,
                target,
                relation);
        if (other.isEmpty()) continue;
        if (latest.isEmpty() || other.get().stamp().isAfter(latest.get().stamp())) latest = other;
      }
    }
    return latest;
  }

  @Override
  public Optional<Link> shownLink(String sourceId, String targetId, String relation) {
    var source = liveId(sourceId);
    var target = liveId(targetId);
    if (source.isEmpty() || target.isEmpty() || source.equals(target)) return Optional.empty();
    return latest(source.get(), target.get(), relation)
        .map(stored -> stored.link().under(source.get(), target.get()));
  }

  @Override
  public Optional<Link> link(String sourceId, String targetId, String relation) {
    return sql.one(
        """
        SELECT body FROM links
        WHERE source = ? AND target = ? AND relation = ? AND present = 1\
        """,
        row -> LinkBody.read(row.getString(1)),
        sourceId,
        targetId,
        relation);
  }

  @Override
  public void forEachLink(Consumer<Link> visitor) {
    var links =
        sql.all(
            "SELECT body, time, origin FROM links WHERE present = 1", SqliteSnapshot::storedLink);
    shown(links, stored -> stored).stream()
        .sorted(Comparator.comparing(StoredLink::stamp))
        .forEach(link -> visitor.accept(link.link()));
  }

  /// The links as they are shown, in the order given; of those that several members of a group
  /// have, the latest.
  ///
  /// @param latest what a link is to be shown as, among those that say the same
  private List<StoredLink> shown(List<StoredLink> links, UnaryOperator<StoredLink> latest) {
    var ids = new HashMap<String, Optional<String>>();
    var shown = new LinkedHashMap<String, StoredLink>();
    for (var stored : links) {
      var source = ids.computeIfAbsent(stored.link().sourceId(), this::liveId);
      var target = ids.computeIfAbsent(stored.link().targetId(), this::liveId);
      // A link is shown while both its ends live, and are two.
      if (source.isEmpty() || target.isEmpty() || source.equals(target)) continue;
      var one = latest.apply(stored);
      var key = LinkRegister.key(source.get(), target.get(), one.link().relation().text());
      shown.merge(
          key,
          new StoredLink(one.link().under(source.get(), target.get()), one.stamp()),
          (a, b) -> a.stamp().isAfter(b.stamp()) ? a : b);
    }
    return List.copyOf(shown.values());
  }

  /// The id under which the memory is shown, while it is live.
  private Optional<String> liveId(String id) {
    return memory(id).filter(StoredMemory::live).map(StoredMemory::id);
  }

  @Override
  public List<Totals.Count> namespaces() {
    return sql.all(
        "SELECT c.namespace, count(*) AS n FROM contents c WHERE"
            + LIVE
            + "GROUP BY c.namespace ORDER BY n DESC, c.namespace",
        SqliteSnapshot::count,
        nowMillis);
  }

  @Override
  public int schemaVersion() {
    return Schema.VERSION;
  }

  @Override
  public Totals totals() {
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
            SqliteSnapshot::count);
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

  @Override
  public UnembeddedPage unembedded(VectorSpace space, long after, int changes) {
    var upTo =
        sql.one(
                """
                SELECT max(sequence) FROM (
                  SELECT sequence FROM changes WHERE sequence > ? ORDER BY sequence LIMIT ?)\
                """,
                row -> row.getLong(1),
                after,
                changes)
            .orElse(0L);
    // Without a change the maximum is null, which is read as 0.
    if (upTo <= after) return new UnembeddedPage(List.of(), after);
    return new UnembeddedPage(
        registers.unembedded(space, after, upTo, nowMillis, hasAliases()), upTo);
  }

  @Override
  public VectorCount countVectors(VectorSpace space) {
    return sql.one(
            """
            SELECT count(*), count(e.id) FROM contents c
            LEFT JOIN embeddings e ON e.id = c.id AND e.model = ? AND e.dimension = ?
              AND (e.content_time, e.content_origin) >= (c.time, c.origin)
            WHERE c.shown = 0 AND c.expires_ms > ?\
            """,
            row -> new VectorCount(row.getLong(1), row.getLong(2)),
            space.model(),
            space.dimension(),
            nowMillis)
        .orElse(new VectorCount(0, 0));
  }

  @Override
  public List<Totals.Count> archivedByNamespace() {
    return sql.all(
        "SELECT c.namespace, count(*) AS n FROM contents c WHERE"
            + ARCHIVED
            + "GROUP BY c.namespace ORDER BY n DESC, c.namespace",
        SqliteSnapshot::count,
        nowMillis);
  }

  @Override
  public boolean deletedAfter(Instant moment) {
    return sql.one(
            "SELECT 1 FROM lifecycles WHERE state = ? AND time > ? LIMIT 1",
            row -> row.getInt(1),
            LifecycleRegister.State.DELETED.code(),
            Stamp.at(moment, "").time())
        .isPresent();
  }

  @Override
  public List<Version> history(String id) {
    var versions = new ArrayList<Version>();
    for (var member : members(id)) {
      versions.addAll(
          sql.all(
              "SELECT time, origin, body, lost FROM history WHERE id = ?",
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

  @Override
  public List<String> members(String id) {
    if (!hasAliases()) return List.of(id);
    return sql.all(
        """
        WITH RECURSIVE member (id) AS (
          SELECT ?1
          UNION SELECT a.second FROM aliases a JOIN member m ON a.first = m.id
          UNION SELECT a.first FROM aliases a JOIN member m ON a.second = m.id)
        SELECT id FROM member\
        """,
        row -> row.getString(1),
        id);
  }

  /// Whether any memory has more than one id. Few stores have such, and looking for them costs more
  /// than most looks. Read once: a look sees one state.
  boolean hasAliases() {
    if (aliased.isEmpty()) {
      aliased = Optional.of(sql.one("SELECT 1 FROM aliases LIMIT 1", _ -> true).orElse(false));
    }
    return aliased.get();
  }

  @Override
  public Optional<StandardRegister> standard(String namespace) {
    return registers.standard(namespace);
  }

  @Override
  public List<SubscriptionRegister> subscriptions() {
    return registers.subscriptions();
  }

  @Override
  public Notices notices() {
    return new SqliteNotices(sql);
  }

  @Override
  public Usages usages() {
    return new SqliteUsages(sql, nowMillis);
  }

  @Override
  public Optional<PendingAction> pending(String id) {
    return registers.pending(id);
  }

  @Override
  public List<PendingAction> pendings(@Nullable PendingAction before, int limit) {
    if (before == null) {
      return sql.all(
          SqliteRegisters.PENDING + " ORDER BY time DESC, id LIMIT ?",
          SqliteRegisters::pending,
          limit);
    }
    return sql.all(
        SqliteRegisters.PENDING
            + " WHERE time < ?1 OR (time = ?1 AND id > ?2) ORDER BY time DESC, id LIMIT ?3",
        SqliteRegisters::pending,
        before.stamp().time(),
        before.id(),
        limit);
  }

  @Override
  public List<Vote> votes(String pendingId) {
    return registers.votes(pendingId);
  }

  @Override
  public Optional<Register> register(Lane lane, String key) {
    return registers.get(lane, key);
  }

  @Override
  public Changes changes() {
    return new SqliteChanges(sql, nodeId, epoch);
  }

  @Override
  public Peers peers() {
    return new SqlitePeers(sql);
  }

  @Override
  public Digest digest() {
    return DigestTally.load(sql);
  }

  @Override
  public List<RegisterName> buckets(Set<Integer> buckets) {
    return registers.names(buckets);
  }

  @Override
  public Optional<RecordedOutcome> recordedOutcome(String key) {
    return sql.one(
        "SELECT request_hash, status, body, at_ms, sequence FROM outcomes WHERE key = ?",
        row ->
            new RecordedOutcome(
                row.getString(1),
                row.getInt(2),
                row.getString(3),
                List.of(),
                row.getLong(4),
                row.getLong(5)),
        key);
  }

  private StoredMemory memory(ResultSet row) throws SQLException {
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

  private long number(String query, @Nullable Object... values) {
    return sql.one(query, row -> row.getLong(1), values).orElse(0L);
  }

  private static Totals.Count count(ResultSet row) throws SQLException {
    return new Totals.Count(row.getString(1), row.getLong(2));
  }

  private static @Nullable String text(@Nullable Instant instant) {
    return instant == null ? null : Timestamps.render(instant);
  }

  private static void filter(
      StringBuilder where, List<@Nullable Object> values, String clause, @Nullable Object value) {
    if (value == null) return;
    where.append(clause);
    values.add(value);
  }
}
