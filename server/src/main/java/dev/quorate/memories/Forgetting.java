package dev.quorate.memories;

import dev.quorate.failure.RequestFailure.Conflict;
import dev.quorate.failure.RequestFailure.NotFound;
import dev.quorate.memory.Rules;
import dev.quorate.store.StoredMemory;
import dev.quorate.store.Transaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/// Deleting, archiving, restoring and purging. Thread-safe; every method runs inside a transaction
/// of its caller.
public final class Forgetting {
  private final Lifetimes lifetimes;

  public Forgetting(Lifetimes lifetimes) {
    this.lifetimes = lifetimes;
  }

  /// Deletes a memory for good. Returns its id.
  public String delete(Transaction transaction, String idOrPrefix, Condition condition) {
    var stored = Lookup.find(transaction, idOrPrefix);
    condition.require(stored);
    transaction.delete(stored.id(), null);
    return stored.id();
  }

  /// What became of ids that were to be archived.
  public record Archival(List<String> archived, List<String> missing) {}

  /// Archives the live memories among `ids`.
  public Archival archive(Transaction transaction, List<String> ids, String reason) {
    var archived = new ArrayList<String>();
    var missing = new ArrayList<String>();
    for (var id : new LinkedHashSet<>(ids)) {
      var live = transaction.memory(id).filter(StoredMemory::live);
      if (live.isPresent()) {
        transaction.archive(id, reason);
        archived.add(id);
      } else {
        missing.add(id);
      }
    }
    return new Archival(archived, missing);
  }

  /// Makes an archived memory live again, with its own tier and expiry; one whose expiry has passed
  /// gets its tier's time from now.
  ///
  /// @throws NotFound when it is not in the archive
  /// @throws Conflict when it is live, or another live memory has its title
  public String restore(Transaction transaction, String id) {
    var stored =
        transaction.memory(Rules.id(id)).orElseThrow(() -> new NotFound("not found in archive"));
    if (stored.live()) {
      throw new Conflict(
          "memory %s is already active".formatted(Rules.quote(id)),
          Map.of("code", "CONFLICT", "existing_id", stored.id()));
    }
    var memory = stored.memory();
    var twin = transaction.liveByTitle(memory.namespace(), memory.title());
    if (twin.isPresent()) {
      throw Remembering.titleTaken(memory.title(), memory.namespace(), twin.get().id());
    }
    var now = Instant.ofEpochMilli(transaction.nowMillis());
    transaction.together();
    if (memory.expiresAt() != null && !memory.expiresAt().isAfter(now)) {
      transaction.save(memory.withExpiry(lifetimes.expiry(memory.tier(), now)));
    }
    transaction.revive(stored.id());
    return stored.id();
  }

  /// Deletes archived memories for good: all, or those archived before `before`, at most `limit`.
  /// Returns how many.
  public int purge(Transaction transaction, Instant before, int limit) {
    var purged = 0;
    for (var memory : transaction.archivedBefore(before, limit)) {
      transaction.delete(memory, null);
      purged++;
    }
    return purged;
  }
}
