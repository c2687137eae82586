package dev.quorate.store.sqlite;

import dev.quorate.memory.Memory;
import dev.quorate.merge.AliasFact;
import dev.quorate.merge.ContentRegister;
import dev.quorate.merge.EmbeddingRegister;
import dev.quorate.merge.Hash;
import dev.quorate.merge.Lane;
import dev.quorate.merge.LifecycleRegister;
import dev.quorate.merge.LinkRegister;
import dev.quorate.merge.LostContent;
import dev.quorate.merge.PendingAction;
import dev.quorate.merge.Seen;
import dev.quorate.merge.StandardRegister;
import dev.quorate.merge.Vote;
import dev.quorate.store.Tables;
import dev.quorate.store.View;
import dev.quorate.time.Stamp;
import dev.quorate.time.Timestamps;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The state tables in SQLite. Owned by the writer.
final class SqliteTables implements Tables {
  private final Statements sql;
  private final Sequence sequence;
  private final int replacedVersionsMax;
  private boolean hasAliases;

  /// @param replacedVersionsMax how many replaced versions of a memory are kept on this node
  SqliteTables(Statements sql, Sequence sequence, int replacedVersionsMax) {
    this.sql = sql;
    this.sequence = sequence;
    this.replacedVersionsMax = replacedVersionsMax;
    this.hasAliases = sql.one("SELECT 1 FROM aliases LIMIT 1", row -> row.getInt(1)).isPresent();
  }

  @Override
  public boolean hasAliases() {
    return hasAliases;
  }

  @Override
  public Optional<ContentRegister> content(String id) {
    return sql.one(
        "SELECT id, time, origin, seen, body, hash FROM contents WHERE id = ?",
        SqliteTables::content,
        id);
  }

  static ContentRegister content(ResultSet row) throws SQLException {
    return new ContentRegister(
        row.getString(1),
        new Stamp(row.getLong(2), row.getString(3)),
        Seen.parse(row.getString(4)),
        row.getString(5),
        Hash.ofBytes(row.getBytes(6)));
  }

  @Override
  public void put(ContentRegister content, Memory memory, View view) {
    sql.run(
        """
        INSERT OR REPLACE INTO contents (id, time, origin, seen, hash, body, namespace, title, tier,
          priority, created_at, agent_id, public_id, shown, expires_ms, archived_ms, archive_reason)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
        """,
        content.id(),
        content.stamp().time(),
        content.stamp().origin(),
        content.seen().text(),
        content.hash().bytes(),
        content.body(),
        memory.namespace(),
        memory.title(),
        memory.tier().rank(),
        memory.priority(),
        Timestamps.render(memory.createdAt()),
        memory.agentId(),
        view.publicId(),
        view.shown().code(),
        view.expiresMillis(),
        view.archivedMillis(),
        view.archiveReason());
  }

  @Override
  public void show(String id, View view) {
    sql.run(
        """
        UPDATE contents SET public_id = ?, shown = ?, expires_ms = ?, archived_ms = ?,
          archive_reason = ? WHERE id = ?\
        """,
        view.publicId(),
        view.shown().code(),
        view.expiresMillis(),
        view.archivedMillis(),
        view.archiveReason(),
        id);
  }

  @Override
  public void erase(String id) {
    sql.run("DELETE FROM contents WHERE id = ?", id);
    sql.run("DELETE FROM history WHERE id = ?", id);
    // A lost content's key begins with the id and a line feed.
    sql.run(
        "DELETE FROM changes WHERE lane = ? AND key >= ? AND key < ?",
        Lane.LOST.code(),
        id + "\n",
        id + "\u000b");
    sql.run("DELETE FROM embeddings WHERE id = ?", id);
    sql.run("DELETE FROM accesses WHERE id = ?", id);
    // The key stays: a retry must not do again what made the memory.
    sql.run(
        """
        UPDATE outcomes SET body = ''
        WHERE key IN (SELECT key FROM outcome_memories WHERE memory_id = ?)\
        """,
        id);
  }

  @Override
  public Optional<LifecycleRegister> lifecycle(String id) {
    return sql.one(
        "SELECT id, time, origin, state, reason, hash FROM lifecycles WHERE id = ?",
        row -> {
          var state = LifecycleRegister.State.of(row.getInt(4));
          return new LifecycleRegister(
              row.getString(1),
              new Stamp(row.getLong(2), row.getString(3)),
              state,
              row.getString(5),
              state == LifecycleRegister.State.DELETED ? successors(id) : List.of(),
              Hash.ofBytes(row.getBytes(6)));
        },
        id);
  }

  private List<String> successors(String source) {
    return sql.all(
        "SELECT successor FROM successors WHERE source = ?", row -> row.getString(1), source);
  }

  @Override
  public void put(LifecycleRegister lifecycle) {
    sql.run(
        """
        INSERT OR REPLACE INTO lifecycles (id, time, origin, state, reason, hash)
        VALUES (?, ?, ?, ?, ?, ?)\
        """,
        lifecycle.id(),
        lifecycle.stamp().time(),
        lifecycle.stamp().origin(),
        lifecycle.state().code(),
        lifecycle.reason(),
        lifecycle.hash().bytes());
    sql.run("DELETE FROM successors WHERE source = ?", lifecycle.id());
    for (var successor : lifecycle.successors()) {
      sql.run(
          "INSERT INTO successors (source, successor) VALUES (?, ?)", lifecycle.id(), successor);
    }
  }

  @Override
  public List<String> deletedFor(String successor) {
    return sql.all(
        "SELECT source FROM successors WHERE successor = ?", row -> row.getString(1), successor);
  }

  @Override
  public List<AliasFact> aliases(String id) {
    var facts = new HashMap<String, AliasFact>();
    var reached = new HashSet<String>();
    var frontier = new ArrayDeque<String>();
    frontier.add(id);
    while (!frontier.isEmpty()) {
      var member = frontier.remove();
      if (!reached.add(member)) continue;
      var touching =
          sql.all(
              """
              SELECT first, first_created, second, second_created, time, origin, hash
              FROM aliases WHERE first = ?1
              UNION ALL SELECT first, first_created, second, second_created, time, origin, hash
              FROM aliases WHERE second = ?1\
              """,
              SqliteTables::alias,
              member);
      for (var fact : touching) {
        facts.put(fact.key(), fact);
        frontier.add(fact.first());
        frontier.add(fact.second());
      }
    }
    return List.copyOf(facts.values());
  }

  @Override
  public Optional<AliasFact> alias(String first, String second) {
    return sql.one(
        """
        SELECT first, first_created, second, second_created, time, origin, hash
        FROM aliases WHERE first = ? AND second = ?\
        """,
        SqliteTables::alias,
        first,
        second);
  }

  private static AliasFact alias(ResultSet row) throws SQLException {
    return new AliasFact(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        new Stamp(row.getLong(5), row.getString(6)),
        Hash.ofBytes(row.getBytes(7)));
  }

  @Override
  public void put(AliasFact alias) {
    hasAliases = true;
    sql.run(
        """
        INSERT OR REPLACE INTO aliases
          (first, first_created, second, second_created, time, origin, hash)
        VALUES (?, ?, ?, ?, ?, ?, ?)\
        """,
        alias.first(),
        alias.firstCreated(),
        alias.second(),
        alias.secondCreated(),
        alias.stamp().time(),
        alias.stamp().origin(),
        alias.hash().bytes());
  }

  @Override
  public Optional<LinkRegister> link(String sourceId, String targetId, String relation) {
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
                new Stamp(row.getLong(4), row.getString(5)),
                row.getInt(6) == 1,
                row.getString(7),
                Hash.ofBytes(row.getBytes(8))),
        sourceId,
        targetId,
        relation);
  }

  @Override
  public void put(LinkRegister link) {
    sql.run(
        """
        INSERT OR REPLACE INTO links (source, target, relation, time, origin, present, body, hash)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)\
        """,
        link.sourceId(),
        link.targetId(),
        link.relation(),
        link.stamp().time(),
        link.stamp().origin(),
        link.present() ? 1 : 0,
        link.body(),
        link.hash().bytes());
  }

  @Override
  public Optional<StandardRegister> standard(String namespace) {
    return sql.one(
        "SELECT namespace, time, origin, standard_id, parent, hash FROM standards WHERE namespace = ?",
        row ->
            new StandardRegister(
                row.getString(1),
                new Stamp(row.getLong(2), row.getString(3)),
                row.getString(4),
                row.getString(5),
                Hash.ofBytes(row.getBytes(6))),
        namespace);
  }

  @Override
  public void put(StandardRegister standard) {
    sql.run(
        """
        INSERT OR REPLACE INTO standards (namespace, time, origin, standard_id, parent, hash)
        VALUES (?, ?, ?, ?, ?, ?)\
        """,
        standard.namespace(),
        standard.stamp().time(),
        standard.stamp().origin(),
        standard.standardId(),
        standard.parent(),
        standard.hash().bytes());
  }

  @Override
  public Optional<PendingAction> pending(String id) {
    return sql.one(
        """
        SELECT id, time, origin, payload, approvals_needed, expires_ms, hash
        FROM pendings WHERE id = ?\
        """,
        row ->
            new PendingAction(
                row.getString(1),
                new Stamp(row.getLong(2), row.getString(3)),
                row.getString(4),
                row.getInt(5),
                row.getLong(6),
                Hash.ofBytes(row.getBytes(7))),
        id);
  }

  @Override
  public void put(PendingAction pending) {
    sql.run(
        """
        INSERT OR REPLACE INTO pendings
          (id, time, origin, payload, approvals_needed, expires_ms, hash)
        VALUES (?, ?, ?, ?, ?, ?, ?)\
        """,
        pending.id(),
        pending.stamp().time(),
        pending.stamp().origin(),
        pending.payload(),
        pending.approvalsNeeded(),
        pending.expiresMillis(),
        pending.hash().bytes());
  }

  @Override
  public boolean add(Vote vote) {
    return sql.run(
            """
            INSERT OR IGNORE INTO votes (pending_id, time, origin, voter, approve, hash)
            VALUES (?, ?, ?, ?, ?, ?)\
            """,
            vote.pendingId(),
            vote.stamp().time(),
            vote.stamp().origin(),
            vote.voter(),
            vote.approve() ? 1 : 0,
            vote.hash().bytes())
        == 1;
  }

  @Override
  public List<Vote> votes(String pendingId) {
    return sql.all(
        "SELECT pending_id, voter, approve, time, origin, hash FROM votes WHERE pending_id = ?",
        row ->
            new Vote(
                row.getString(1),
                row.getString(2),
                row.getInt(3) == 1,
                new Stamp(row.getLong(4), row.getString(5)),
                Hash.ofBytes(row.getBytes(6))),
        pendingId);
  }

  @Override
  public Optional<EmbeddingRegister> embedding(String id) {
    return sql.one(
        """
        SELECT id, content_time, content_origin, time, origin, model, dimension, vector, hash
        FROM embeddings WHERE id = ?\
        """,
        row ->
            new EmbeddingRegister(
                row.getString(1),
                new Stamp(row.getLong(2), row.getString(3)),
                new Stamp(row.getLong(4), row.getString(5)),
                row.getString(6),
                row.getInt(7),
                Base64.getEncoder().encodeToString(row.getBytes(8)),
                Hash.ofBytes(row.getBytes(9))),
        id);
  }

  @Override
  public void put(EmbeddingRegister embedding) {
    sql.run(
        """
        INSERT OR REPLACE INTO embeddings
          (id, content_time, content_origin, time, origin, model, dimension, vector, hash)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)\
        """,
        embedding.id(),
        embedding.contentStamp().time(),
        embedding.contentStamp().origin(),
        embedding.stamp().time(),
        embedding.stamp().origin(),
        embedding.model(),
        embedding.dimension(),
        Base64.getDecoder().decode(embedding.vector()),
        embedding.hash().bytes());
  }

  @Override
  public boolean add(LostContent lost) {
    return keep(lost.content(), true);
  }

  @Override
  public void keepReplaced(ContentRegister replaced) {
    keep(replaced, false);
    sql.run(
        """
        DELETE FROM history WHERE id = ?1 AND lost = 0 AND (time, origin) IN (
          SELECT time, origin FROM history WHERE id = ?1 AND lost = 0
          ORDER BY time DESC, origin DESC LIMIT -1 OFFSET ?2)\
        """,
        replaced.id(),
        replacedVersionsMax);
  }

  private boolean keep(ContentRegister content, boolean lost) {
    return sql.run(
            """
            INSERT INTO history (id, time, origin, seen, hash, body, lost)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET lost = 1 WHERE lost < excluded.lost\
            """,
            content.id(),
            content.stamp().time(),
            content.stamp().origin(),
            content.seen().text(),
            content.hash().bytes(),
            content.body(),
            lost ? 1 : 0)
        == 1;
  }

  @Override
  public List<LiveContent> liveUnder(String namespace, String title, long nowMillis) {
    return sql.all(
        """
        SELECT id, public_id FROM contents
        WHERE namespace = ? AND title = ? AND shown = 0 AND expires_ms > ?
        ORDER BY id\
        """,
        row -> new LiveContent(row.getString(1), row.getString(2)),
        namespace,
        title,
        nowMillis);
  }

  @Override
  public void record(Lane lane, String key, @Nullable String together) {
    sql.run(
        "INSERT OR REPLACE INTO changes (sequence, lane, key, together) VALUES (?, ?, ?, ?)",
        sequence.next(),
        lane.code(),
        key,
        together);
  }

  @Override
  public void forget(Lane lane, String key) {
    sql.run("DELETE FROM changes WHERE lane = ? AND key = ?", lane.code(), key);
  }
}
