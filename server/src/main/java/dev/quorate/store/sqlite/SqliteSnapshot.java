package dev.quorate.store.sqlite;

import dev.quorate.merge.ContentRegister;
import dev.quorate.merge.Digest;
import dev.quorate.merge.Lane;
import dev.quorate.merge.PendingAction;
import dev.quorate.merge.Register;
import dev.quorate.merge.StandardRegister;
import dev.quorate.merge.SubscriptionRegister;
import dev.quorate.merge.Vote;
import dev.quorate.store.Changes;
import dev.quorate.store.Embeddings;
import dev.quorate.store.Links;
import dev.quorate.store.ListQuery;
import dev.quorate.store.Notices;
import dev.quorate.store.Peers;
import dev.quorate.store.RecordedOutcome;
import dev.quorate.store.RegisterName;
import dev.quorate.store.Snapshot;
import dev.quorate.store.StoredMemory;
import dev.quorate.store.Totals;
import dev.quorate.store.Usages;
import dev.quorate.store.Version;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One look, on any one connection: which room answers what.
class SqliteSnapshot implements Snapshot {
  private final Statements sql;
  private final SqliteRegisters registers;
  private final SqliteAliases aliases;
  private final SqliteMemories memories;
  private final SqliteTitles titles;
  private final String nodeId;
  private final String epoch;
  private final long nowMillis;

  SqliteSnapshot(
      Statements sql, SqliteAliases aliases, String nodeId, String epoch, long nowMillis) {
    this.sql = sql;
    this.registers = new SqliteRegisters(sql);
    this.aliases = aliases;
    this.memories = new SqliteMemories(sql, aliases, nowMillis);
    this.titles = new SqliteTitles(sql, memories, nowMillis);
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
    return memories.memory(id);
  }

  @Override
  public List<String> members(String id) {
    return aliases.members(id);
  }

  @Override
  public List<Version> history(String id, long bytes) {
    return memories.history(id, bytes);
  }

  @Override
  public List<String> idsWithPrefix(String prefix, int limit) {
    return memories.idsWithPrefix(prefix, limit);
  }

  @Override
  public Optional<StoredMemory> liveByTitle(String namespace, String title) {
    return titles.live(namespace, title);
  }

  @Override
  public List<String> shownUnder(String namespace, String title) {
    return titles.idsUnder(namespace, title);
  }

  @Override
  public List<StoredMemory> titled(String title, @Nullable String namespace, int limit) {
    return titles.titled(title, namespace, limit);
  }

  @Override
  public List<StoredMemory> aboutTopic(String topic, @Nullable String namespace, int limit) {
    return titles.about(topic, namespace, limit);
  }

  @Override
  public List<StoredMemory> entitiesNamed(String name, int limit) {
    return titles.entities(name, limit);
  }

  @Override
  public List<StoredMemory> list(ListQuery query) {
    return memories.list(query);
  }

  @Override
  public void forEachLive(Consumer<StoredMemory> visitor) {
    memories.forEachLive(visitor);
  }

  @Override
  public List<StoredMemory> archived(@Nullable String namespace, int limit, int offset) {
    return memories.archived(namespace, limit, offset);
  }

  @Override
  public List<String> archivedBefore(Instant before, int limit) {
    return memories.archivedBefore(before, limit);
  }

  @Override
  public List<String> expired(int limit) {
    return memories.expired(limit);
  }

  @Override
  public boolean deletedAfter(Instant moment) {
    return memories.deletedAfter(moment);
  }

  @Override
  public List<ContentRegister> contentsAfter(long time, int limit) {
    return registers.liveAfter(time, limit, nowMillis);
  }

  @Override
  public Links links() {
    return new SqliteLinks(sql, aliases, memories);
  }

  @Override
  public Embeddings embeddings() {
    return new SqliteEmbeddings(sql, aliases, nowMillis);
  }

  @Override
  public Totals totals() {
    return new SqliteTotals(sql, nowMillis).totals();
  }

  @Override
  public List<Totals.Count> namespaces() {
    return new SqliteTotals(sql, nowMillis).liveByNamespace();
  }

  @Override
  public List<Totals.Count> archivedByNamespace() {
    return new SqliteTotals(sql, nowMillis).archivedByNamespace();
  }

  @Override
  public int schemaVersion() {
    return Schema.VERSION;
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
    return registers.pendings(before, limit);
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
}
