package dev.quorate.store.sqlite;

import dev.quorate.memory.Body;
import dev.quorate.memory.Link;
import dev.quorate.memory.LinkBody;
import dev.quorate.memory.Memory;
import dev.quorate.merge.AliasFact;
import dev.quorate.merge.AliasGroup;
import dev.quorate.merge.ContentRegister;
import dev.quorate.merge.LifecycleRegister;
import dev.quorate.merge.LifecycleRegister.State;
import dev.quorate.merge.LinkRegister;
import dev.quorate.merge.Register;
import dev.quorate.merge.Seen;
import dev.quorate.store.Ledger;
import dev.quorate.store.RecordedOutcome;
import dev.quorate.store.Transaction;
import dev.quorate.time.HybridClock;
import dev.quorate.time.Stamp;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One mutation on the writer's connection.
final class SqliteTransaction extends SqliteSnapshot implements Transaction {
  private final Statements sql;
  private final SqliteTables tables;
  private final HybridClock clock;
  private final Ledger ledger;

  SqliteTransaction(
      Statements sql,
      SqliteTables tables,
      HybridClock clock,
      String nodeId,
      String epoch,
      long nowMillis) {
    super(sql, nodeId, epoch, nowMillis);
    this.sql = sql;
    this.tables = tables;
    this.clock = clock;
    this.ledger = new Ledger(tables, clock, nowMillis);
  }

  /// Ends the mutation's own work.
  void settle() {
    ledger.joinTwins();
  }

  @Override
  public Stamp save(Memory memory) {
    var present = tables.content(memory.id());
    var seen = present.map(there -> there.seen().with(there.stamp())).orElse(Seen.NOTHING);
    // In a group the content shown, which is what was edited, may be another member's.
    var edited =
        tables.hasAliases()
            ? memory(memory.id()).map(shown -> shown.memory().version())
            : present.map(there -> Body.read(there.body()).version());
    var saved = memory.withVersion(Math.max(edited.orElse(0L) + 1, memory.version()));
    var stamp = stamp();
    var content = ContentRegister.of(memory.id(), stamp, seen, Body.write(saved));
    ledger.applyContent(content, saved);
    return stamp;
  }

  @Override
  public void archive(String id, String reason) {
    ledger.apply(LifecycleRegister.of(publicId(id), stamp(), State.ARCHIVED, reason, List.of()));
  }

  @Override
  public void revive(String id) {
    ledger.apply(LifecycleRegister.of(publicId(id), stamp(), State.LIVE, "", List.of()));
  }

  @Override
  public void delete(String id, @Nullable String successor) {
    var reason = successor == null ? "delete" : "consolidate";
    var successors = successor == null ? List.<String>of() : List.of(successor);
    ledger.apply(LifecycleRegister.of(publicId(id), stamp(), State.DELETED, reason, successors));
  }

  @Override
  public boolean deleted(String id) {
    return ledger.erased(id);
  }

  @Override
  public void link(Link link) {
    ledger.apply(
        LinkRegister.of(
            link.sourceId(),
            link.targetId(),
            link.relation().text(),
            stamp(),
            true,
            LinkBody.write(link)));
  }

  @Override
  public void unlink(String sourceId, String targetId, String relation) {
    ledger.apply(LinkRegister.of(sourceId, targetId, relation, stamp(), false, ""));
  }

  @Override
  public boolean merge(Register register) {
    return ledger.apply(register);
  }

  @Override
  public int collectExpired(int limit) {
    return sql.run(
        """
        UPDATE contents SET shown = 3, archived_ms = expires_ms, archive_reason = ?
        WHERE id IN (
          SELECT id FROM contents WHERE shown = 0 AND expires_ms <= ? ORDER BY expires_ms LIMIT ?)\
        """,
        TTL_EXPIRED,
        nowMillis(),
        limit);
  }

  @Override
  public void recordAccess(String id, long count, long lastMillis) {
    sql.run(
        """
        INSERT INTO accesses (id, count, last_ms) VALUES (?1, min(?2, 1000000), ?3)
        ON CONFLICT DO UPDATE SET count = min(count + ?2, 1000000), last_ms = max(last_ms, ?3)\
        """,
        id,
        count,
        lastMillis);
  }

  @Override
  public void recordOutcome(String key, RecordedOutcome outcome) {
    sql.run(
        """
        INSERT OR REPLACE INTO outcomes (key, request_hash, status, body, at_ms)
        VALUES (?, ?, ?, ?, ?)\
        """,
        key,
        outcome.requestHash(),
        outcome.status(),
        outcome.body(),
        outcome.atMillis());
    for (var id : outcome.memoryIds()) {
      sql.run("INSERT OR IGNORE INTO outcome_memories (memory_id, key) VALUES (?, ?)", id, key);
    }
  }

  @Override
  public void forgetOutcomesBefore(long millis) {
    sql.run("DELETE FROM outcomes WHERE at_ms < ?", millis);
  }

  @Override
  public void together() {
    ledger.beginTogether();
  }

  @Override
  public Stamp stamp() {
    return clock.next(nowMillis());
  }

  private String publicId(String id) {
    List<AliasFact> facts = tables.hasAliases() ? tables.aliases(id) : List.of();
    return facts.isEmpty() ? id : AliasGroup.of(facts).publicId();
  }
}
