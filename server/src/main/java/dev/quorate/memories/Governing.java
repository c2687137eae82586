package dev.quorate.memories;

import dev.quorate.failure.RequestFailure.Forbidden;
import dev.quorate.governance.Action;
import dev.quorate.governance.Approver;
import dev.quorate.governance.Mode;
import dev.quorate.governance.Operation;
import dev.quorate.governance.Policy;
import dev.quorate.governance.Verdict;
import dev.quorate.json.Json;
import dev.quorate.memory.Memory;
import dev.quorate.memory.MemoryId;
import dev.quorate.memory.Rules;
import dev.quorate.merge.PendingAction;
import dev.quorate.store.Snapshot;
import dev.quorate.store.StoredMemory;
import dev.quorate.store.Transaction;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Storing, deleting and promoting under the policies of namespaces (api.md 2.2). Thread-safe;
/// every method runs inside a transaction of its caller.
public final class Governing {
  private static final Logger LOG = System.getLogger(Governing.class.getName());

  /// How long a decision can be made.
  static final Duration DECISION_TIME = Duration.ofHours(24);

  private final Mode mode;
  private final Remembering remembering;
  private final Forgetting forgetting;
  private final Quota quota;

  public Governing(Mode mode, Remembering remembering, Forgetting forgetting, Quota quota) {
    this.mode = mode;
    this.remembering = remembering;
    this.forgetting = forgetting;
    this.quota = quota;
  }

  /// Whether requests are held to the policies.
  public Mode mode() {
    return mode;
  }

  /// Stores a memory as [Remembering#store] does, or requests it.
  ///
  /// @throws Forbidden when the policy of its namespace refuses it
  /// @throws dev.quorate.failure.RequestFailure.QuotaExceeded when whose memory it is has used up
  ///   what it may store; a store that is held is not counted before it is approved
  public Gated<Memory> store(
      Transaction transaction, Draft draft, OnConflict onConflict, String requester) {
    var memory = remembering.prepare(transaction, draft, onConflict);
    var approver = gate(transaction, Operation.STORE, draft.namespace(), requester, null);
    if (approver.isPresent()) {
      var wanted = toStore(transaction, memory, draft);
      return held(transaction, wanted, draft.namespace(), requester, approver.get());
    }
    quota.admit(transaction, memory);
    remembering.save(transaction, memory);
    return new Gated.Done<>(memory);
  }

  /// Deletes a memory as [Forgetting#delete] does, or requests it.
  ///
  /// @throws Forbidden when the policy of its namespace refuses it
  public Gated<String> delete(
      Transaction transaction, String idOrPrefix, Condition condition, String requester) {
    var stored = Lookup.find(transaction, idOrPrefix);
    condition.require(stored);
    var memory = stored.memory();
    var approver = gate(transaction, Operation.DELETE, memory.namespace(), requester, memory);
    return approver.isEmpty()
        ? new Gated.Done<>(forgetting.delete(transaction, stored.id(), condition))
        : held(
            transaction,
            new Action.Delete(stored.id()),
            memory.namespace(),
            requester,
            approver.get());
  }

  /// Promotes a memory as [Remembering#promote] does, or requests it.
  ///
  /// @throws Forbidden when the policy of its namespace refuses it
  public Gated<StoredMemory> promote(Transaction transaction, String idOrPrefix, String requester) {
    var stored = Lookup.find(transaction, idOrPrefix);
    var memory = stored.memory();
    var approver = gate(transaction, Operation.PROMOTE, memory.namespace(), requester, memory);
    return approver.isEmpty()
        ? new Gated.Done<>(remembering.promote(transaction, stored.id()))
        : held(
            transaction,
            new Action.Promote(stored.id()),
            memory.namespace(),
            requester,
            approver.get());
  }

  /// Whose approval it takes; empty when it may be done at once.
  ///
  /// @param memory what it is about, absent for a new memory, whose owner is that of the namespace
  private Optional<Approver> gate(
      Snapshot snapshot,
      Operation operation,
      String namespace,
      String requester,
      @Nullable Memory memory) {
    if (mode == Mode.OFF) return Optional.empty();
    var levels =
        StandardsInForce.along(snapshot, StandardsInForce.chain(snapshot, namespace)).reversed();
    for (var level : levels) {
      var standard = level.memory().memory();
      var policy = Policy.in(Json.parse(standard.metadata()));
      if (policy.isEmpty()) continue;
      var owner = memory == null ? levels.getFirst().memory().memory().agentId() : memory.agentId();
      var registered = Agents.registered(snapshot, requester);
      return settled(
          policy.get().judge(operation, requester, registered, owner), operation, namespace);
    }
    return Optional.empty();
  }

  private Optional<Approver> settled(Verdict verdict, Operation operation, String namespace) {
    return switch (verdict) {
      case Verdict.Allowed _ -> Optional.empty();
      case Verdict.Denied(var reason) -> {
        if (mode == Mode.ENFORCE) {
          throw new Forbidden("%s denied by governance: %s".formatted(operation.text(), reason));
        }
        advise(operation, namespace, "would have been denied: " + reason);
        yield Optional.empty();
      }
      case Verdict.Held(var approver) -> {
        if (mode == Mode.ENFORCE) yield Optional.of(approver);
        advise(operation, namespace, "would have needed approval");
        yield Optional.empty();
      }
    };
  }

  private static void advise(Operation operation, String namespace, String what) {
    LOG.log(Level.INFO, "{0} in {1} {2}", operation.text(), Rules.quote(namespace), what);
  }

  /// The memory as a new one of its own: if it was meant to be the next version of another, it
  /// becomes one with it by the title that they share.
  private static Action.Store toStore(Transaction transaction, Memory memory, Draft draft) {
    var id = MemoryId.fresh(transaction.nowMillis());
    var own = memory.asNew(id, transaction.stamp().instant());
    if (own.expiresAt() == null || draft.expiresAt() != null) return new Action.Store(own, null);
    var now = Instant.ofEpochMilli(transaction.nowMillis());
    var life = Duration.between(now, own.expiresAt()).toSeconds();
    return new Action.Store(own.withExpiry(null), Math.max(1, life));
  }

  private static <T> Gated<T> held(
      Transaction transaction,
      Action.What what,
      String namespace,
      String requester,
      Approver approver) {
    var stamp = transaction.stamp();
    var action = new Action(what, namespace, requester, approver);
    var pending =
        PendingAction.of(
            UUID.randomUUID().toString(),
            stamp,
            action.payload(),
            approver.votesNeeded(),
            stamp.millis() + DECISION_TIME.toMillis());
    transaction.merge(pending);
    return new Gated.Held<>(pending);
  }
}
