package dev.quorate.store;

import dev.quorate.governance.Action;
import dev.quorate.memory.Body;
import dev.quorate.memory.Tier;
import dev.quorate.merge.ContentRegister;
import dev.quorate.merge.LifecycleRegister;
import dev.quorate.merge.PendingAction;
import dev.quorate.merge.PendingOutcome;
import dev.quorate.merge.Register;
import dev.quorate.merge.Seen;
import dev.quorate.time.Stamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Carries out what was asked for once the votes that are here approve it. One instance serves one
/// mutation.
final class ApprovedActions {
  private final Tables tables;
  private final Standings standings;
  private final long nowMillis;
  private final Consumer<Register> apply;

  /// @param apply makes a register part of the state, as one that was made here
  ApprovedActions(Tables tables, Standings standings, long nowMillis, Consumer<Register> apply) {
    this.tables = tables;
    this.standings = standings;
    this.nowMillis = nowMillis;
    this.apply = apply;
  }

  /// Does what an action asks for, where this version can read it and the votes approve it.
  void carryOut(PendingAction pending) {
    Action.read(pending.payload()).ifPresent(action -> carryOut(pending, action));
  }

  /// Does what was asked for once the votes that are here approve it, as a change of the moment of
  /// the deciding vote: every node that executes the action makes the same registers, whenever it
  /// comes to know of action and votes, and doing it again changes nothing.
  void carryOut(PendingAction pending, Action action) {
    decided(pending).ifPresent(stamp -> carryOut(action.what(), stamp));
  }

  private void carryOut(Action.What what, Stamp decided) {
    switch (what) {
      case Action.Store store -> store(store, decided);
      case Action.Delete(var id) ->
          apply.accept(
              LifecycleRegister.of(
                  id, decided, LifecycleRegister.State.DELETED, "delete", List.of()));
      case Action.Promote(var id) -> promote(id, decided);
    }
  }

  /// The stamp of the vote by which those that are here approve an action; empty while they do not.
  Optional<Stamp> decided(PendingAction pending) {
    var outcome = PendingOutcome.of(pending, tables.votes(pending.id()), nowMillis);
    var deciding = outcome.deciding();
    if (outcome.state() != PendingOutcome.State.APPROVED || deciding == null) {
      return Optional.empty();
    }
    return Optional.of(deciding.stamp());
  }

  /// Carries out approved promotions of a memory whose content has just come.
  void promote(String id) {
    if (!tables.hasPendings()) return;
    for (var member : tables.members(id)) {
      tables.promotionsOf(member).forEach(this::carryOut);
    }
  }

  private void store(Action.Store store, Stamp stamp) {
    // A content under this id is what the action made, or an edit of that.
    if (tables.content(store.memoryId()).isPresent()) return;
    var memory = store.approvedAt(Instant.ofEpochMilli(stamp.millis()));
    apply.accept(ContentRegister.of(memory.id(), stamp, Seen.NOTHING, Body.write(memory)));
  }

  /// Promotes what the memory shows. An edit that is later than the approval stands as it is; one
  /// that is not here yet promotes when it arrives. Nodes that show different contents at that
  /// moment make different ones of them; each has a stamp of its own, so that an edit of the one
  /// does not count as made in knowledge of the other.
  private void promote(String id, Stamp stamp) {
    var shown = standings.of(tables.members(id)).shown();
    if (shown.isEmpty() || !stamp.isAfter(shown.get().stamp())) return;
    var content = shown.get();
    var memory = Body.read(content.body());
    // Whoever did it again and again would make what is seen grow without end.
    if (memory.tier() == Tier.LONG && memory.expiresAt() == null) return;
    var promoted = memory.withTier(Tier.LONG, null).withVersion(memory.version() + 1);
    var own = stamp.derived(content.stamp(), content.hash().toString().substring(0, 8));
    apply.accept(
        ContentRegister.of(
            content.id(), own, content.seen().with(content.stamp()), Body.write(promoted)));
  }
}
