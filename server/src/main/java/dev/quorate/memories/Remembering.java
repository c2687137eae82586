package dev.quorate.memories;

import dev.quorate.embedding.Model;
import dev.quorate.failure.RequestFailure.Conflict;
import dev.quorate.json.Json;
import dev.quorate.memory.Memory;
import dev.quorate.memory.MemoryId;
import dev.quorate.memory.Rules;
import dev.quorate.memory.Tier;
import dev.quorate.store.StoredMemory;
import dev.quorate.store.Transaction;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Storing and revising memories. Thread-safe; every method runs inside a transaction of its
/// caller.
public final class Remembering {
  /// How many numbered titles are tried for `on_conflict=version`.
  private static final int NUMBERED_TITLES_MAX = 1_024;

  private final Lifetimes lifetimes;
  private final ReadyVectors vectors;

  /// @param model whose vectors go with what they are ready for
  public Remembering(Lifetimes lifetimes, Model model) {
    this.lifetimes = lifetimes;
    this.vectors = new ReadyVectors(model);
  }

  /// Stores a memory, new or as the next version of the one with its title.
  ///
  /// @throws Conflict when the title is taken and `onConflict` is [OnConflict#ERROR]
  public Memory store(Transaction transaction, Draft draft, OnConflict onConflict) {
    var memory = prepare(transaction, draft, onConflict);
    save(transaction, memory);
    return memory;
  }

  /// Stores what [#prepare] made, with its vector where that is ready.
  void save(Transaction transaction, Memory memory) {
    vectors.save(transaction, memory);
  }

  /// The memory that [#store] would store.
  ///
  /// @throws Conflict as it does
  Memory prepare(Transaction transaction, Draft draft, OnConflict onConflict) {
    var there = transaction.liveByTitle(draft.namespace(), draft.title());
    if (there.isEmpty()) return fresh(transaction, draft, draft.title());
    return switch (onConflict) {
      case ERROR -> throw titleTaken(draft.title(), draft.namespace(), there.get().id());
      case MERGE -> merged(transaction, there.get(), draft);
      case VERSION -> fresh(transaction, draft, freeTitle(transaction, draft, there.get().id()));
    };
  }

  private Memory fresh(Transaction transaction, Draft draft, String title) {
    var now = Instant.ofEpochMilli(transaction.nowMillis());
    var asked = asked(draft, now);
    return new Memory(
        MemoryId.fresh(transaction.nowMillis()),
        draft.namespace(),
        title,
        draft.content(),
        draft.tier(),
        draft.tags(),
        draft.priority(),
        draft.confidence(),
        draft.source(),
        transaction.stamp().instant(),
        asked != null ? asked : lifetimes.expiry(draft.tier(), now),
        draft.metadata(),
        draft.provenance(),
        1);
  }

  /// When a draft says that it expires; absent when it leaves that to its tier.
  private static @Nullable Instant asked(Draft draft, Instant now) {
    if (draft.expiresAt() != null) return draft.expiresAt();
    return draft.life() == null ? null : now.plus(draft.life());
  }

  private static String freeTitle(Transaction transaction, Draft draft, String takenBy) {
    for (var number = 2; number <= NUMBERED_TITLES_MAX; number++) {
      var title = Rules.title("%s (%d)".formatted(draft.title(), number));
      if (transaction.liveByTitle(draft.namespace(), title).isEmpty()) return title;
    }
    throw titleTaken(draft.title(), draft.namespace(), takenBy);
  }

  /// The draft as the next version of a memory: what is new replaces, but a merge never makes a
  /// memory less important, less sure or shorter-lived, and keeps who first stored it (api.md 2.4).
  public Memory merge(Transaction transaction, StoredMemory stored, Draft draft) {
    var merged = merged(transaction, stored, draft);
    vectors.save(transaction, merged);
    return merged;
  }

  private Memory merged(Transaction transaction, StoredMemory stored, Draft draft) {
    var old = stored.memory();
    var tier = old.tier().rank() >= draft.tier().rank() ? old.tier() : draft.tier();
    return new Memory(
        old.id(),
        draft.namespace(),
        draft.title(),
        draft.content(),
        tier,
        draft.tags(),
        Math.max(old.priority(), draft.priority()),
        Math.max(old.confidence(), draft.confidence()),
        draft.source(),
        old.createdAt(),
        mergedExpiry(transaction, old, draft, tier),
        withAgentOf(old, draft.metadata()),
        draft.provenance(),
        old.version());
  }

  private @Nullable Instant mergedExpiry(
      Transaction transaction, Memory old, Draft draft, Tier tier) {
    if (tier == Tier.LONG) return null;
    var now = Instant.ofEpochMilli(transaction.nowMillis());
    var asked = asked(draft, now);
    if (asked != null && asked.isAfter(now)) return asked;
    var fresh = lifetimes.expiry(tier, now);
    if (fresh == null || old.expiresAt() == null) return fresh;
    return fresh.isAfter(old.expiresAt()) ? fresh : old.expiresAt();
  }

  /// Changes a memory.
  ///
  /// @throws Conflict when another live memory has the title it would get
  public StoredMemory revise(
      Transaction transaction, String idOrPrefix, Edit edit, Condition condition) {
    var stored = Lookup.find(transaction, idOrPrefix);
    condition.require(stored);
    if (edit.equals(Edit.NOTHING)) {
      transaction.found(stored.id());
      return stored;
    }
    var old = stored.memory();
    var tier = Objects.requireNonNullElse(edit.tier(), old.tier());
    var revised =
        new Memory(
            old.id(),
            Objects.requireNonNullElse(edit.namespace(), old.namespace()),
            Objects.requireNonNullElse(edit.title(), old.title()),
            Objects.requireNonNullElse(edit.content(), old.content()),
            tier,
            Objects.requireNonNullElse(edit.tags(), old.tags()),
            Objects.requireNonNullElse(edit.priority(), old.priority()),
            Objects.requireNonNullElse(edit.confidence(), old.confidence()),
            old.source(),
            old.createdAt(),
            revisedExpiry(transaction, old, edit, tier),
            edit.metadata() == null ? old.metadata() : withAgentOf(old, edit.metadata()),
            old.provenance(),
            old.version());
    var twin = transaction.liveByTitle(revised.namespace(), revised.title());
    if (twin.isPresent() && !twin.get().id().equals(stored.id())) {
      throw titleTaken(revised.title(), revised.namespace(), twin.get().id());
    }
    vectors.save(transaction, revised);
    return transaction.memory(stored.id()).orElseThrow();
  }

  private @Nullable Instant revisedExpiry(
      Transaction transaction, Memory old, Edit edit, Tier tier) {
    if (edit.expiry() != null) return edit.expiry().at().orElse(null);
    var now = Instant.ofEpochMilli(transaction.nowMillis());
    var expired = old.expiresAt() != null && !old.expiresAt().isAfter(now);
    // An edit revives what has expired.
    return tier == old.tier() && !expired ? old.expiresAt() : lifetimes.expiry(tier, now);
  }

  /// Makes a memory long-term, without expiry.
  public StoredMemory promote(Transaction transaction, String idOrPrefix) {
    return revise(
        transaction,
        idOrPrefix,
        new Edit(
            null,
            null,
            Tier.LONG,
            null,
            null,
            null,
            null,
            new Edit.NewExpiry(Optional.empty()),
            null),
        Condition.NONE);
  }

  /// The metadata, but with the agent that stored the old memory: who stored it first never
  /// changes.
  static String withAgentOf(Memory old, String metadata) {
    var agent = old.agentId();
    if (agent == null) return metadata;
    var object = (ObjectNode) Json.parse(metadata);
    object.put("agent_id", agent);
    return Rules.metadata(object, Json.canonical(object));
  }

  static Conflict titleTaken(String title, String namespace, String existingId) {
    return new Conflict(
        "memory with title %s already exists in namespace %s"
            .formatted(Rules.quote(title), Rules.quote(namespace)),
        Map.of("code", "CONFLICT", "existing_id", existingId));
  }
}
