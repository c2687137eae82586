package dev.quorate.memories;

import dev.quorate.failure.RequestFailure.QuotaExceeded;
import dev.quorate.memory.Memory;
import dev.quorate.memory.Rules;
import dev.quorate.store.Snapshot;
import dev.quorate.store.StoredMemory;
import dev.quorate.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Locale;

/// How much an agent may store (api.md 2.6). There are no counters: what an agent has used is
/// counted from what is stored, inside the transaction that would add to it, so that requests at
/// once cannot pass together, and what other nodes brought counts too. Only requests to this node
/// are held to it, never what replicates. Thread-safe.
public final class Quota {
  public static final Quota NONE = new Quota(0, 0, 0);

  private final long memoriesPerDay;
  private final long storageBytes;
  private final long linksPerDay;
  private final HeldBytes heldBytes = new HeldBytes();

  /// @param memoriesPerDay how many memories an agent may make between two midnights, UTC; 0 for
  ///   any
  /// @param storageBytes how many bytes of title, content and metadata its live memories may have;
  ///   0 for any
  /// @param linksPerDay how many links an agent may make between two midnights, UTC; 0 for any
  public Quota(long memoriesPerDay, long storageBytes, long linksPerDay) {
    this.memoriesPerDay = memoriesPerDay;
    this.storageBytes = storageBytes;
    this.linksPerDay = linksPerDay;
  }

  public long memoriesPerDay() {
    return memoriesPerDay;
  }

  public long storageBytes() {
    return storageBytes;
  }

  public long linksPerDay() {
    return linksPerDay;
  }

  /// What a limit is of.
  public enum Limit {
    MEMORIES_PER_DAY("memories made today"),
    STORAGE_BYTES("bytes of live memories"),
    LINKS_PER_DAY("links made today");

    private final String words;

    Limit(String words) {
      this.words = words;
    }

    /// Its name in answers.
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// Whether there is any limit.
  public boolean isOn() {
    return memoriesPerDay > 0 || storageBytes > 0 || linksPerDay > 0;
  }

  /// When the day began in which what an agent makes is counted.
  public static Instant dayStart(Snapshot snapshot) {
    return Instant.ofEpochMilli(snapshot.nowMillis())
        .atOffset(ZoneOffset.UTC)
        .with(LocalTime.MIDNIGHT)
        .toInstant();
  }

  /// Lets pass what is about to be saved, or refuses it.
  ///
  /// @throws QuotaExceeded when whose memory it is has used up what it may
  void admit(Transaction transaction, Memory memory) {
    var agent = memory.agentId();
    if (agent == null || (memoriesPerDay == 0 && storageBytes == 0)) return;
    var there = transaction.memory(memory.id());
    if (memoriesPerDay > 0 && there.isEmpty()) {
      var made = transaction.usages().memoriesMade(agent, dayStart(transaction));
      require(transaction, Limit.MEMORIES_PER_DAY, agent, made, 1, memoriesPerDay);
    }
    if (storageBytes > 0) {
      var before = there.filter(StoredMemory::live).map(old -> old.memory().bytes()).orElse(0L);
      var more = memory.bytes() - before;
      // Whoever is above the limit can still make its memories smaller.
      if (more <= 0) return;
      var held = heldBytes.of(transaction, agent, more, storageBytes);
      require(transaction, Limit.STORAGE_BYTES, agent, held, more, storageBytes);
    }
  }

  /// Lets pass a link that is about to be made, or refuses it.
  ///
  /// @throws QuotaExceeded when the agent has made as many links today as it may
  void admitLink(Transaction transaction, String agent) {
    if (linksPerDay == 0) return;
    var made = transaction.usages().linksMade(agent, dayStart(transaction));
    require(transaction, Limit.LINKS_PER_DAY, agent, made, 1, linksPerDay);
  }

  private static void require(
      Snapshot snapshot, Limit limit, String agent, long current, long more, long max) {
    if (current + more <= max) return;
    var reset = dayStart(snapshot).plus(Duration.ofDays(1));
    throw new QuotaExceeded(
        "the quota of the agent %s is used up: %d %s, of at most %d"
            .formatted(Rules.quote(agent), current, limit.words, max),
        limit.text(),
        current,
        max,
        agent,
        reset,
        Duration.ofMillis(reset.toEpochMilli() - snapshot.nowMillis()));
  }
}
