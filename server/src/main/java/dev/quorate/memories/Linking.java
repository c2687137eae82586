package dev.quorate.memories;

import dev.quorate.failure.RequestFailure.Conflict;
import dev.quorate.failure.RequestFailure.Invalid;
import dev.quorate.failure.RequestFailure.NotFound;
import dev.quorate.memory.Link;
import dev.quorate.memory.Relation;
import dev.quorate.memory.Rules;
import dev.quorate.merge.Lane;
import dev.quorate.merge.LinkRegister;
import dev.quorate.store.LinkQuery.Direction;
import dev.quorate.store.Snapshot;
import dev.quorate.store.StoredMemory;
import dev.quorate.store.Transaction;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Tying memories together. Thread-safe; every method runs inside a transaction of its caller.
public final class Linking {
  private final Quota quota;

  /// Links without a limit.
  public Linking() {
    this(Quota.NONE);
  }

  public Linking(Quota quota) {
    this.quota = quota;
  }

  /// Links two live memories for nobody in particular, without a limit.
  public boolean link(
      Transaction transaction,
      String sourceId,
      String targetId,
      Relation relation,
      @Nullable Instant validFrom,
      @Nullable Instant validUntil) {
    return link(transaction, sourceId, targetId, relation, validFrom, validUntil, null);
  }

  /// Links two live memories. A link that exists stays as it is, except that a validity given now
  /// is set. Returns whether anything changed.
  ///
  /// @param agent who makes it, absent for nobody in particular
  /// @throws NotFound when an end is not live
  /// @throws Conflict when a reflection would, through others, reflect on itself, or there are too
  ///   many others to say
  /// @throws dev.quorate.failure.RequestFailure.QuotaExceeded when the agent has made as many links
  ///   today as it may
  public boolean link(
      Transaction transaction,
      String sourceId,
      String targetId,
      Relation relation,
      @Nullable Instant validFrom,
      @Nullable Instant validUntil,
      @Nullable String agent) {
    var source = end(transaction, sourceId);
    var target = end(transaction, targetId);
    if (source.equals(target)) throw new Invalid("a memory cannot be linked to itself");
    if (validFrom != null && validUntil != null && !validFrom.isBefore(validUntil)) {
      throw new Invalid("valid_until must be after valid_from");
    }
    var there = transaction.links().between(source, target, relation.text());
    if (there.isPresent()) {
      if (validUntil == null || validUntil.equals(there.get().validUntil())) {
        transaction.found(Lane.LINK, LinkRegister.key(source, target, relation.text()));
        return false;
      }
      transaction.link(there.get().ending(validUntil));
      return true;
    }
    if (relation == Relation.REFLECTS_ON) refuseCircle(transaction, source, target);
    if (agent != null) quota.admitLink(transaction, agent);
    var now = transaction.stamp().instant();
    transaction.link(
        new Link(
            source,
            target,
            relation,
            now,
            validFrom == null ? now : validFrom,
            validUntil,
            agent,
            null));
    return true;
  }

  /// What an end of a link's validity replaced.
  ///
  /// @param link as it is now
  /// @param previous when it was to end before, absent for never
  public record Ended(Link link, @Nullable Instant previous) {}

  /// Sets when a link ceases to hold; a signature that it bore says nothing of that and is dropped.
  /// The link stays, as a part of what was. Empty when no such link is shown.
  ///
  /// @param until absent for now; a time before it began means that it never held
  public Optional<Ended> end(
      Transaction transaction,
      String sourceId,
      String targetId,
      Relation relation,
      @Nullable Instant until) {
    var shown =
        transaction.links().shownBetween(Rules.id(sourceId), Rules.id(targetId), relation.text());
    if (shown.isEmpty()) return Optional.empty();
    var end = until == null ? transaction.stamp().instant() : until;
    transaction.together();
    for (var source : transaction.members(sourceId)) {
      for (var target : transaction.members(targetId)) {
        var there = transaction.links().between(source, target, relation.text());
        if (there.isEmpty()) continue;
        if (end.equals(there.get().validUntil())) {
          transaction.found(Lane.LINK, LinkRegister.key(source, target, relation.text()));
        } else {
          transaction.link(there.get().ending(end));
        }
      }
    }
    return Optional.of(new Ended(shown.get().ending(end), shown.get().validUntil()));
  }

  /// Removes every relation from one memory to another. Returns whether there was one.
  public boolean unlink(Transaction transaction, String sourceId, String targetId) {
    var removed = false;
    var sources = transaction.members(Rules.id(sourceId));
    var targets = transaction.members(Rules.id(targetId));
    transaction.together();
    for (var source : sources) {
      for (var target : targets) {
        for (var relation : Relation.values()) {
          if (transaction.links().between(source, target, relation.text()).isPresent()) {
            transaction.unlink(source, target, relation.text());
            removed = true;
          } else {
            transaction.found(Lane.LINK, LinkRegister.key(source, target, relation.text()));
          }
        }
      }
    }
    return removed;
  }

  private static String end(Snapshot snapshot, String id) {
    return snapshot
        .memory(Rules.id(id))
        .filter(StoredMemory::live)
        .map(StoredMemory::id)
        .orElseThrow(() -> new NotFound("memory not found: " + Rules.quote(id)));
  }

  /// Follows reflections from the target, which must not lead to the source.
  private static void refuseCircle(Snapshot snapshot, String source, String target) {
    var reading = new LinkReading(snapshot, Traversal.LINKS_MAX);
    var seen = new HashSet<String>();
    var frontier = new ArrayDeque<String>();
    frontier.add(target);
    while (!frontier.isEmpty()) {
      var id = frontier.remove();
      // All writers wait for this one; what was not followed may close a circle as well.
      if (reading.cut()) break;
      if (id.equals(source)) {
        throw new Conflict(
            "this reflects_on link would close a circle",
            Map.of("code", "CYCLE", "source_id", source, "target_id", target));
      }
      if (!seen.add(id)) continue;
      reading.forEach(
          id,
          Direction.FROM,
          Relation.REFLECTS_ON,
          stored -> frontier.add(stored.link().targetId()));
    }
    if (reading.cut()) {
      throw new Conflict(
          "more than %d reflects_on links lead on from target_id, too many to rule out a circle"
              .formatted(Traversal.LINKS_MAX),
          Map.of("code", "CYCLE", "source_id", source, "target_id", target));
    }
  }
}
