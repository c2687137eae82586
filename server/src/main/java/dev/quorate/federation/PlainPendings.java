package dev.quorate.federation;

import dev.quorate.failure.RequestFailure;
import dev.quorate.governance.Action;
import dev.quorate.governance.Approver;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.memory.FullMemories;
import dev.quorate.memory.Memory;
import dev.quorate.merge.PendingAction;
import dev.quorate.merge.Vote;
import dev.quorate.store.Effect;
import dev.quorate.store.ReplicaTransaction;
import dev.quorate.time.Stamp;
import dev.quorate.wire.Plain;
import java.time.Duration;
import java.util.Optional;

/// Pending actions of peers that send no stamps.
final class PlainPendings {
  private static final Duration LIFE = Duration.ofHours(24);

  /// Whoever voted there did so by that node's rules; its word is taken for one vote.
  private static final int APPROVALS_NEEDED = 1;

  private static final String APPROVED = "approved";

  private PlainPendings() {}

  /// A request and its votes are stamped with the times they carry, so that receiving them again
  /// changes nothing.
  static Effect take(ReplicaTransaction transaction, Plain.PlainPending arrived) {
    var action = action(arrived);
    if (action.isEmpty()) return Effect.NOOP;
    var effect =
        Receiving.adopt(
            transaction,
            PendingAction.of(
                arrived.id(),
                Stamp.at(arrived.requestedAt(), arrived.requestedBy()),
                action.get().payload(),
                APPROVALS_NEEDED,
                arrived.requestedAt().plus(LIFE).toEpochMilli()));
    // Approvals of what is pending there are too few by the rule of that node.
    if (!arrived.status().equals(APPROVED)) return effect;
    for (var approval : arrived.approvals()) {
      var stamp = Stamp.at(approval.approvedAt(), approval.agentId());
      Receiving.adopt(transaction, Vote.of(arrived.id(), approval.agentId(), true, stamp));
    }
    return effect;
  }

  /// What it asks for; nothing for an action that this node does not know.
  private static Optional<Action> action(Plain.PlainPending arrived) {
    var id = arrived.memoryId();
    Optional<Action.What> what =
        switch (arrived.actionType()) {
          case "store" -> memory(arrived.payload()).map(memory -> new Action.Store(memory, null));
          case "delete" -> Optional.ofNullable(id).map(Action.Delete::new);
          case "promote" -> Optional.ofNullable(id).map(Action.Promote::new);
          default -> Optional.empty();
        };
    return what.map(
        it -> new Action(it, arrived.namespace(), arrived.requestedBy(), new Approver.Human()));
  }

  private static Optional<Memory> memory(String payload) {
    try {
      var fields = Fields.of(Json.parse(payload), Fields.Strictness.FRAMEWORK);
      return Optional.of(FullMemories.memory(fields).memory());
    } catch (RequestFailure _) {
      return Optional.empty();
    }
  }
}
