package dev.quorate.store.sqlite;

import dev.quorate.governance.Operation;
import dev.quorate.merge.AliasFact;
import dev.quorate.merge.ContentRegister;
import dev.quorate.merge.Digest;
import dev.quorate.merge.EmbeddingRegister;
import dev.quorate.merge.Hash;
import dev.quorate.merge.Lane;
import dev.quorate.merge.LifecycleRegister;
import dev.quorate.merge.LinkRegister;
import dev.quorate.merge.LostContent;
import dev.quorate.merge.PendingAction;
import dev.quorate.merge.Register;
import dev.quorate.merge.Seen;
import dev.quorate.merge.StandardRegister;
import dev.quorate.merge.SubscriptionRegister;
import dev.quorate.merge.Vote;
import dev.quorate.store.RegisterName;
import dev.quorate.time.Stamp;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Registers as they lie in the tables, on any one connection. Not thread-safe.
final class SqliteRegisters {
  private static final String PENDING =
      "SELECT id, time, origin, payload, approvals_needed, expires_ms, hash FROM pendings";
  private static final String CONTENT = "SELECT id, time, origin, seen, body, hash FROM contents";
  private static final String LOST =
      "SELECT id, time, origin, seen, body, hash FROM history WHERE lost = 1";
  private static final String ALIAS =
      "SELECT first, first_created, second, second_created, time, origin, hash FROM aliases";
  private static final String SUBSCRIPTION =
      "SELECT id, time, origin, body, hash FROM subscriptions";
  private static final String VOTE =
      "SELECT pending_id, voter, approve, time, origin, hash FROM votes";

  private final Statements sql;

  SqliteRegisters(Statements sql) {
    this.sql = sql;
  }

  /// The register of a lane with this key.
  Optional<Register> get(Lane lane, String key) {
    return any(lane, key).map(Register.class::cast);
  }

  private Optional<? extends Register> any(Lane lane, String key) {
    var parts = key.split("\n", -1);
    return switch (lane) {
      case CONTENT -> content(key);
      case LIFECYCLE -> lifecycle(key);
      case ALIAS -> alias(parts[0], parts[1]);
      case LINK -> link(parts[0], parts[1], parts[2]);
      case STANDARD -> standard(key);
      case PENDING -> pending(key);
      case VOTE -> votes(parts[0]).stream().filter(vote -> vote.key().equals(key)).findFirst();
      case EMBEDDING -> embedding(key);
      case SUBSCRIPTION -> subscription(key);
      case LOST -> lost(parts[0]).stream().filter(lost -> lost.key().equals(key)).findFirst();
    };
  }

  Optional<ContentRegister> content(String id) {
    return sql.one(CONTENT + " WHERE id = ?", SqliteRegisters::content, id);
  }

  static ContentRegister content(ResultSet row) throws SQLException {
    return new ContentRegister(
        row.getString(1),
        stamp(row, 2),
        Seen.parse(row.getString(4)),
        row.getString(5),
        hash(row, 6));
  }

  /// Live contents after a time. Those of one time come together, for a reader that goes on after a
  /// time would never see the rest.
  List<ContentRegister> liveAfter(long time, int limit, long nowMillis) {
    return sql.all(
        CONTENT
            + """
             WHERE shown = 0 AND expires_ms > ?1 AND time > ?2 AND time <= coalesce((
              SELECT time FROM contents WHERE shown = 0 AND expires_ms > ?1 AND time > ?2
              ORDER BY time LIMIT 1 OFFSET ?3), 9223372036854775807)
            ORDER BY time, origin, id\
            """,
        SqliteRegisters::content,
        nowMillis,
        time,
        limit - 1);
  }

  /// The contents of an id that lost a merge.
  List<LostContent> lost(String id) {
    return sql.all(LOST + " AND id = ?", row -> new LostContent(content(row)), id);
  }

  Optional<LifecycleRegister> lifecycle(String id) {
    return sql.one(
        "SELECT id, time, origin, state, reason, hash FROM lifecycles WHERE id = ?",
        row -> {
          var state = LifecycleRegister.State.of(row.getInt(4));
          return new LifecycleRegister(
              row.getString(1),
              stamp(row, 2),
              state,
              row.getString(5),
              state == LifecycleRegister.State.DELETED ? successors(id) : List.of(),
              hash(row, 6));
        },
        id);
  }

  private List<String> successors(String source) {
    return sql.all(
        "SELECT successor FROM successors WHERE source = ?", row -> row.getString(1), source);
  }

  Optional<AliasFact> alias(String first, String second) {
    return sql.one(
        ALIAS + " WHERE first = ? AND second = ?", SqliteRegisters::alias, first, second);
  }

  /// The facts that name an id.
  List<AliasFact> aliasesNaming(String id) {
    return sql.all(
        ALIAS + " WHERE first = ?1 UNION ALL " + ALIAS + " WHERE second = ?1",
        SqliteRegisters::alias,
        id);
  }

  private static AliasFact alias(ResultSet row) throws SQLException {
    return new AliasFact(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        stamp(row, 5),
        hash(row, 7));
  }

  Optional<LinkRegister> link(String sourceId, String targetId, String relation) {
    return sql.one(
        """
        SELECT source, target, relation, time, origin, present, body, hash FROM links
        WHERE source = ? AND target = ? AND relation = ?\
        """,
        row ->
            new LinkRegister(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                stamp(row, 4),
                row.getInt(6) == 1,
                row.getString(7),
                hash(row, 8)),
        sourceId,
        targetId,
        relation);
  }

  Optional<StandardRegister> standard(String namespace) {
    return sql.one(
        "SELECT namespace, time, origin, standard_id, parent, hash FROM standards WHERE namespace = ?",
        row ->
            new StandardRegister(
                row.getString(1), stamp(row, 2), row.getString(4), row.getString(5), hash(row, 6)),
        namespace);
  }

  Optional<SubscriptionRegister> subscription(String id) {
    return sql.one(SUBSCRIPTION + " WHERE id = ?", SqliteRegisters::subscription, id);
  }

  /// Those that were not removed, earliest first. A damaged one says nothing until it is had from a
  /// peer again: it must not be in the way of whatever would tell it of an event.
  List<SubscriptionRegister> subscriptions() {
    var all =
        sql.all(
            SUBSCRIPTION + " WHERE body <> '' ORDER BY time, origin, id",
            SqliteRegisters::subscription);
    return all.stream().filter(SubscriptionRegister::intact).toList();
  }

  private static SubscriptionRegister subscription(ResultSet row) throws SQLException {
    return new SubscriptionRegister(
        row.getString(1), stamp(row, 2), row.getString(4), hash(row, 5));
  }

  Optional<PendingAction> pending(String id) {
    return sql.one(PENDING + " WHERE id = ?", SqliteRegisters::pending, id);
  }

  /// The pending actions that ask for this operation on a memory, earliest first.
  List<PendingAction> pendingsAbout(String memoryId, Operation operation) {
    return sql.all(
        PENDING + " WHERE memory_id = ? AND operation = ? ORDER BY time, origin",
        SqliteRegisters::pending,
        memoryId,
        operation.text());
  }

  /// Pending actions, newest first, those that come after one in that order or all.
  List<PendingAction> pendings(@Nullable PendingAction before, int limit) {
    if (before == null) {
      return sql.all(PENDING + " ORDER BY time DESC, id LIMIT ?", SqliteRegisters::pending, limit);
    }
    return sql.all(
        PENDING + " WHERE time < ?1 OR (time = ?1 AND id > ?2) ORDER BY time DESC, id LIMIT ?3",
        SqliteRegisters::pending,
        before.stamp().time(),
        before.id(),
        limit);
  }

  private static PendingAction pending(ResultSet row) throws SQLException {
    return new PendingAction(
        row.getString(1),
        stamp(row, 2),
        row.getString(4),
        row.getInt(5),
        row.getLong(6),
        hash(row, 7));
  }

  List<Vote> votes(String pendingId) {
    return sql.all(VOTE + " WHERE pending_id = ?", SqliteRegisters::vote, pendingId);
  }

  private static Vote vote(ResultSet row) throws SQLException {
    return new Vote(
        row.getString(1), row.getString(2), row.getInt(3) == 1, stamp(row, 4), hash(row, 6));
  }

  Optional<EmbeddingRegister> embedding(String id) {
    return sql.one(
        """
        SELECT id, content_time, content_origin, time, origin, model, dimension, vector, hash
        FROM embeddings WHERE id = ?\
        """,
        row ->
            new EmbeddingRegister(
                row.getString(1),
                stamp(row, 2),
                stamp(row, 4),
                row.getString(6),
                row.getInt(7),
                Base64.getEncoder().encodeToString(row.getBytes(8)),
                hash(row, 9)),
        id);
  }

  /// The registers of some buckets of the digest. Reads the names of all: it is for the rare case
  /// that two nodes differ.
  List<RegisterName> names(Set<Integer> buckets) {
    var names = new ArrayList<RegisterName>();
    collect(names, buckets, Lane.CONTENT, "SELECT hash, id FROM contents");
    collect(names, buckets, Lane.LIFECYCLE, "SELECT hash, id FROM lifecycles");
    collect(names, buckets, Lane.ALIAS, "SELECT hash, first || char(10) || second FROM aliases");
    collect(
        names,
        buckets,
        Lane.LINK,
        "SELECT hash, source || char(10) || target || char(10) || relation FROM links");
    collect(names, buckets, Lane.STANDARD, "SELECT hash, namespace FROM standards");
    collect(names, buckets, Lane.PENDING, "SELECT hash, id FROM pendings");
    collect(names, buckets, Lane.SUBSCRIPTION, "SELECT hash, id FROM subscriptions");
    collect(names, buckets, Lane.EMBEDDING, "SELECT hash, id FROM embeddings");
    collect(
        names,
        buckets,
        Lane.VOTE,
        "SELECT hash, pending_id, time, origin FROM votes",
        SqliteRegisters::factKey);
    collect(
        names,
        buckets,
        Lane.LOST,
        "SELECT hash, id, time, origin FROM history WHERE lost = 1",
        SqliteRegisters::factKey);
    return names;
  }

  /// The key of a vote or a lost content: what it belongs to, its stamp and its hash.
  private static String factKey(ResultSet row) throws SQLException {
    return row.getString(2) + "\n" + stamp(row, 3).text() + "\n" + hash(row, 1);
  }

  private void collect(List<RegisterName> names, Set<Integer> buckets, Lane lane, String query) {
    collect(names, buckets, lane, query, row -> row.getString(2));
  }

  private void collect(
      List<RegisterName> names,
      Set<Integer> buckets,
      Lane lane,
      String query,
      Statements.Row<String> key) {
    sql.each(
        query,
        row -> {
          var name = key.read(row);
          if (buckets.contains(Digest.bucket(lane, name))) {
            names.add(new RegisterName(lane, name, hash(row, 1)));
          }
        });
  }

  private static Stamp stamp(ResultSet row, int column) throws SQLException {
    return new Stamp(row.getLong(column), row.getString(column + 1));
  }

  private static Hash hash(ResultSet row, int column) throws SQLException {
    return Hash.ofBytes(row.getBytes(column));
  }
}
