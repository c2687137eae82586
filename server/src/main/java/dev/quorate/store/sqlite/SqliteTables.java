package dev.quorate.store.sqlite;

import dev.quorate.governance.Action;
import dev.quorate.governance.Operation;
import dev.quorate.memory.Body;
import dev.quorate.memory.EntityNames;
import dev.quorate.memory.LinkBody;
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
import dev.quorate.merge.StandardRegister;
import dev.quorate.merge.SubscriptionRegister;
import dev.quorate.merge.Vote;
import dev.quorate.store.Origin;
import dev.quorate.store.RegisterName;
import dev.quorate.store.Tables;
import dev.quorate.store.View;
import dev.quorate.time.Timestamps;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The state tables in SQLite. Owned by the writer.
final class SqliteTables implements Tables {
  private final Statements sql;
  private final SqliteRegisters registers;
  private final Sequence sequence;
  private final int replacedVersionsMax;
  private final DigestTally tally;
  private boolean hasAliases;
  private boolean hasPendings;
  private boolean hasStandards;
  private boolean hasSubscriptions;

  /// @param replacedVersionsMax how many replaced versions of a memory are kept on this node
  SqliteTables(Statements sql, Sequence sequence, DigestTally tally, int replacedVersionsMax) {
    this.sql = sql;
    this.registers = new SqliteRegisters(sql);
    this.sequence = sequence;
    this.replacedVersionsMax = replacedVersionsMax;
    this.tally = tally;
    this.hasAliases = any("aliases");
    this.hasPendings = any("pendings");
    this.hasStandards = any("standards");
    this.hasSubscriptions = any("subscriptions");
  }

  private boolean any(String table) {
    return sql.one("SELECT 1 FROM " + table + " LIMIT 1", row -> row.getInt(1)).isPresent();
  }

  @Override
  public boolean hasAliases() {
    return hasAliases;
  }

  @Override
  public Optional<ContentRegister> content(String id) {
    return registers.content(id);
  }

  @Override
  public void put(ContentRegister content, Memory memory, View view) {
    sql.run(
        """
        INSERT OR REPLACE INTO contents (id, time, origin, seen, hash, body, namespace, title, tier,
          priority, created_at, agent_id, topic, bytes, public_id, shown, expires_ms, archived_ms,
          archive_reason)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
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
        memory.topic(),
        memory.bytes(),
        view.publicId(),
        view.shown().code(),
        view.expiresMillis(),
        view.archivedMillis(),
        view.archiveReason());
    name(content.id(), memory);
  }

  private void name(String id, Memory memory) {
    for (var name : EntityNames.all(memory)) {
      sql.run("INSERT OR IGNORE INTO entity_names (name, id) VALUES (?, ?)", name, id);
    }
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
  public List<RegisterName> erase(String id) {
    var gone = new ArrayList<RegisterName>();
    registers.content(id).ifPresent(content -> gone.add(RegisterName.of(content)));
    registers.embedding(id).ifPresent(embedding -> gone.add(RegisterName.of(embedding)));
    registers.lost(id).forEach(lost -> gone.add(RegisterName.of(lost)));
    requestsFor(id).forEach(pending -> gone.add(RegisterName.of(pending)));
    for (var register : gone) {
      sql.run(
          "DELETE FROM changes WHERE lane = ? AND key = ?", register.lane().code(), register.key());
    }
    sql.run("DELETE FROM contents WHERE id = ?", id);
    sql.run("DELETE FROM entity_names WHERE id = ?", id);
    sql.run("DELETE FROM history WHERE id = ?", id);
    sql.run("DELETE FROM embeddings WHERE id = ?", id);
    sql.run("DELETE FROM accesses WHERE id = ?", id);
    sql.run(
        "DELETE FROM pendings WHERE memory_id = ? AND operation = ?", id, Operation.STORE.text());
    // The key stays: a retry must not do again what made the memory.
    sql.run(
        """
        UPDATE outcomes SET body = ''
        WHERE key IN (SELECT key FROM outcome_memories WHERE memory_id = ?)\
        """,
        id);
    return gone;
  }

  @Override
  public Optional<LifecycleRegister> lifecycle(String id) {
    return registers.lifecycle(id);
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
      for (var fact : registers.aliasesNaming(member)) {
        facts.put(fact.key(), fact);
        frontier.add(fact.first());
        frontier.add(fact.second());
      }
    }
    return List.copyOf(facts.values());
  }

  @Override
  public Optional<AliasFact> alias(String first, String second) {
    return registers.alias(first, second);
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
    return registers.link(sourceId, targetId, relation);
  }

  @Override
  public void put(LinkRegister link) {
    var body = link.present() ? LinkBody.read(link.body()) : null;
    sql.run(
        """
        INSERT OR REPLACE INTO links
          (source, target, relation, time, origin, present, body, hash, since, agent_id, created_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
        """,
        link.sourceId(),
        link.targetId(),
        link.relation(),
        link.stamp().time(),
        link.stamp().origin(),
        link.present() ? 1 : 0,
        link.body(),
        link.hash().bytes(),
        body == null ? "" : Timestamps.render(body.begins()),
        body == null ? null : body.observedBy(),
        body == null ? null : Timestamps.render(body.createdAt()));
  }

  @Override
  public Optional<StandardRegister> standard(String namespace) {
    // Every store of a memory asks along its namespace, and most nodes have none.
    return hasStandards ? registers.standard(namespace) : Optional.empty();
  }

  @Override
  public void put(StandardRegister standard) {
    hasStandards = true;
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
  public boolean hasSubscriptions() {
    return hasSubscriptions;
  }

  @Override
  public Optional<SubscriptionRegister> subscription(String id) {
    return registers.subscription(id);
  }

  @Override
  public void put(SubscriptionRegister subscription) {
    hasSubscriptions = true;
    if (!subscription.present()) new SqliteNotices(sql).forget(subscription.id());
    sql.run(
        "INSERT OR REPLACE INTO subscriptions (id, time, origin, body, hash) VALUES (?, ?, ?, ?, ?)",
        subscription.id(),
        subscription.stamp().time(),
        subscription.stamp().origin(),
        subscription.body(),
        subscription.hash().bytes());
  }

  @Override
  public Optional<PendingAction> pending(String id) {
    return registers.pending(id);
  }

  @Override
  public void put(PendingAction pending, Action.@Nullable What what) {
    hasPendings = true;
    sql.run(
        """
        INSERT OR REPLACE INTO pendings
          (id, time, origin, payload, approvals_needed, expires_ms, hash, operation, memory_id)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)\
        """,
        pending.id(),
        pending.stamp().time(),
        pending.stamp().origin(),
        pending.payload(),
        pending.approvalsNeeded(),
        pending.expiresMillis(),
        pending.hash().bytes(),
        what == null ? null : what.operation().text(),
        what == null ? null : what.memoryId());
  }

  @Override
  public boolean hasPendings() {
    return hasPendings;
  }

  @Override
  public List<PendingAction> promotionsOf(String memoryId) {
    return registers.pendingsAbout(memoryId, Operation.PROMOTE);
  }

  @Override
  public List<PendingAction> requestsFor(String memoryId) {
    return hasPendings ? registers.pendingsAbout(memoryId, Operation.STORE) : List.of();
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
    return registers.votes(pendingId);
  }

  @Override
  public Optional<EmbeddingRegister> embedding(String id) {
    return registers.embedding(id);
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
    var content = lost.content();
    // Few are of entities: look before parsing.
    if (EntityNames.maybeIn(content.body())) name(content.id(), Body.read(content.body()));
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
  public long record(Lane lane, String key, @Nullable Origin origin, @Nullable String together) {
    var number = sequence.next();
    sql.run(
        """
        INSERT OR REPLACE INTO changes
          (sequence, lane, key, origin, origin_epoch, origin_sequence, together)
        VALUES (?, ?, ?, ?, ?, ?, ?)\
        """,
        number,
        lane.code(),
        key,
        origin == null ? null : origin.node(),
        origin == null ? null : origin.epoch(),
        origin == null ? null : origin.sequence(),
        together);
    return number;
  }

  @Override
  public void renumber(Lane lane, String key) {
    var latest =
        sql.one(
            "SELECT sequence FROM changes WHERE lane = ? AND key = ? ORDER BY sequence DESC LIMIT"
                + " 1",
            row -> row.getLong(1),
            lane.code(),
            key);
    if (latest.isEmpty()) return;
    sql.run("UPDATE changes SET sequence = ? WHERE sequence = ?", sequence.next(), latest.get());
  }

  @Override
  public Optional<Long> numberHere(Lane lane, String key) {
    return SqliteChanges.ownSequence(sql, lane, key);
  }

  @Override
  public boolean latestIsHere(Lane lane, String key) {
    return sql.one(
            """
            SELECT origin IS NULL FROM changes WHERE lane = ? AND key = ?
            ORDER BY sequence DESC LIMIT 1\
            """,
            row -> row.getInt(1) == 1,
            lane.code(),
            key)
        .orElse(false);
  }

  @Override
  public boolean owesContentOf(String id) {
    var owes =
        sql.one(
            """
            SELECT 1 FROM changes WHERE origin IS NULL AND (
              (lane IN (?1, ?2) AND key = ?3)
              OR (lane = ?4 AND key >= ?3 || char(10) AND key < ?3 || char(11)))
            LIMIT 1\
            """,
            row -> row.getInt(1),
            Lane.CONTENT.code(),
            Lane.EMBEDDING.code(),
            id,
            Lane.LOST.code());
    return owes.isPresent()
        || requestsFor(id).stream().anyMatch(pending -> recordedHere(Lane.PENDING, pending.id()));
  }

  @Override
  public boolean isKnownToGuests(String id) {
    return sql.one("SELECT 1 FROM shown_to_guests WHERE id = ? LIMIT 1", row -> row.getInt(1), id)
        .isPresent();
  }

  @Override
  public void tally(Lane lane, String key, @Nullable Hash before, @Nullable Hash after) {
    tally.tally(lane, key, before, after);
  }
}
