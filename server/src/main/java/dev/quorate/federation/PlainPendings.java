package dev.quorate.federation;

import dev.quorate.json.Json;
import dev.quorate.merge.PendingAction;
import dev.quorate.merge.Vote;
import dev.quorate.store.Effect;
import dev.quorate.store.ReplicaTransaction;
import dev.quorate.time.Stamp;
import dev.quorate.time.Timestamps;
import dev.quorate.wire.Plain;
import java.time.Duration;

/// Pending actions of peers that send no stamps.
final class PlainPendings {
  private static final Duration LIFE = Duration.ofHours(24);

  /// Whoever voted there did so by that node's rules; its word is taken for one vote.
  private static final int APPROVALS_NEEDED = 1;

  private PlainPendings() {}

  /// A request and its votes are stamped with the times they carry, so that receiving them again
  /// changes nothing.
  static Effect take(ReplicaTransaction transaction, Plain.PlainPending arrived) {
    var payload = Json.object();
    payload.put("action_type", arrived.actionType());
    payload.put("memory_id", arrived.memoryId());
    payload.put("namespace", arrived.namespace());
    payload.set("payload", Json.parse(arrived.payload()));
    payload.put("requested_at", Timestamps.render(arrived.requestedAt()));
    payload.put("requested_by", arrived.requestedBy());
    var effect =
        Receiving.adopt(
            transaction,
            PendingAction.of(
                arrived.id(),
                Stamp.at(arrived.requestedAt(), arrived.requestedBy()),
                Json.canonical(payload),
                APPROVALS_NEEDED,
                arrived.requestedAt().plus(LIFE).toEpochMilli()));
    for (var approval : arrived.approvals()) {
      var stamp = Stamp.at(approval.approvedAt(), approval.agentId());
      Receiving.adopt(transaction, Vote.of(arrived.id(), approval.agentId(), true, stamp));
    }
    return effect;
  }
}
