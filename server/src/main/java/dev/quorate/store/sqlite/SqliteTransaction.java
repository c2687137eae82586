package dev.quorate.store.sqlite;

import dev.quorate.memory.Link;
import dev.quorate.memory.Memory;
import dev.quorate.merge.Lane;
import dev.quorate.merge.Register;
import dev.quorate.merge.StandardRegister;
import dev.quorate.store.Edits;
import dev.quorate.store.Effect;
import dev.quorate.store.Ledger;
import dev.quorate.store.Made;
import dev.quorate.store.NoticeBook;
import dev.quorate.store.Origin;
import dev.quorate.store.PeerBook;
import dev.quorate.store.RecordedOutcome;
import dev.quorate.store.Transaction;
import dev.quorate.subscriptions.Event;
import dev.quorate.subscriptions.Subscription;
import dev.quorate.time.HybridClock;
import dev.quorate.time.Stamp;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One mutation on the writer's connection.
final class SqliteTransaction extends SqliteSnapshot implements Transaction {
  private final Statements sql;
  private final SqliteTables tables;
  private final HybridClock clock;
  private final Ledger ledger;
  private final Edits edits;
  private final SqliteNotices notices;

  private final long committedSequence;

  SqliteTransaction(
      Statements sql,
      SqliteTables tables,
      HybridClock clock,
      String nodeId,
      String epoch,
      long committedSequence,
      long nowMillis) {
    super(sql, aliases(sql, tables), nodeId, epoch, nowMillis);
    this.committedSequence = committedSequence;
    this.sql = sql;
    this.tables = tables;
    this.notices = new SqliteNotices(sql);
    this.clock = clock;
    this.ledger = new Ledger(tables, clock, nowMillis);
    this.edits =
        new Edits(
            tables, ledger, this::stamp, id -> memory(id).map(shown -> shown.memory().version()));
  }

  /// A mutation may make the first alias.
  private static SqliteAliases aliases(Statements sql, SqliteTables tables) {
    return new SqliteAliases(sql) {
      @Override
      boolean any() {
        return tables.hasAliases();
      }
    };
  }

  @Override
  public Optional<StandardRegister> standard(String namespace) {
    return tables.standard(namespace);
  }

  /// Ends the mutation's own work. Returns what it made.
  List<Made> settle() {
    ledger.joinTwins();
    var events = ledger.events();
    if (!events.isEmpty()) tell(events);
    return ledger.made();
  }

  /// Notes each event for each of those who asked for it, in the transaction that made it happen.
  private void tell(List<Event> events) {
    for (var register : subscriptions()) {
      var subscription = Subscription.read(register.body());
      for (var event : events) {
        if (subscription.wants(event)) notices.add(register.id(), event, nowMillis());
      }
    }
  }

  @Override
  public long committedSequence() {
    return committedSequence;
  }

  /// Whether it had an event wait for a subscriber.
  boolean notified() {
    return notices.raised();
  }

  @Override
  public NoticeBook notices() {
    return notices;
  }

  @Override
  public PeerBook peers() {
    return new SqlitePeers(sql);
  }

  @Override
  public Stamp save(Memory memory) {
    return edits.save(memory);
  }

  @Override
  public void archive(String id, String reason) {
    edits.archive(id, reason);
  }

  @Override
  public void revive(String id) {
    edits.revive(id);
  }

  @Override
  public void delete(String id, @Nullable String successor) {
    edits.delete(id, successor);
  }

  @Override
  public boolean deleted(String id) {
    return ledger.erased(id);
  }

  @Override
  public void link(Link link) {
    edits.link(link);
  }

  @Override
  public void unlink(String sourceId, String targetId, String relation) {
    edits.unlink(sourceId, targetId, relation);
  }

  @Override
  public boolean merge(Register register) {
    return ledger.apply(register);
  }

  @Override
  public void found(Lane lane, String key) {
    register(lane, key).filter(Register::intact).ifPresent(ledger::found);
  }

  @Override
  public void found(String memoryId) {
    ledger.foundMemory(memoryId);
  }

  @Override
  public Effect receive(
      Register register,
      @Nullable Memory memory,
      @Nullable Origin origin,
      @Nullable String together) {
    return ledger.receive(register, memory, origin, together);
  }

  @Override
  public void hide(String contentId) {
    sql.run("UPDATE contents SET shown = 2 WHERE id = ?", contentId);
  }

  @Override
  public int collectExpired(int limit) {
    return sql.run(
        """
        UPDATE contents SET shown = 3, archived_ms = expires_ms, archive_reason = ?
        WHERE id IN (
          SELECT id FROM contents WHERE shown = 0 AND expires_ms <= ? ORDER BY expires_ms LIMIT ?)\
        """,
        SqliteMemories.TTL_EXPIRED,
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
        INSERT OR REPLACE INTO outcomes (key, request_hash, status, body, at_ms, sequence)
        VALUES (?, ?, ?, ?, ?, ?)\
        """,
        key,
        outcome.requestHash(),
        outcome.status(),
        outcome.body(),
        outcome.atMillis(),
        outcome.sequence());
    for (var id : outcome.memoryIds()) {
      sql.run("INSERT OR IGNORE INTO outcome_memories (memory_id, key) VALUES (?, ?)", id, key);
    }
  }

  @Override
  public void forgetOutcomesBefore(long millis) {
    sql.run("DELETE FROM outcomes WHERE at_ms < ?", millis);
  }

  @Override
  public long ownSequence() {
    var made = ledger.made();
    return made.isEmpty() ? changes().lastSequence() : made.getLast().sequence();
  }

  @Override
  public void together() {
    ledger.beginTogether();
  }

  @Override
  public Stamp stamp() {
    return clock.next(nowMillis());
  }
}
