package dev.quorate.memories;

import dev.quorate.failure.RequestFailure.Forbidden;
import dev.quorate.failure.RequestFailure.NotFound;
import dev.quorate.governance.Action;
import dev.quorate.memory.Rules;
import dev.quorate.merge.Lane;
import dev.quorate.merge.PendingAction;
import dev.quorate.merge.PendingOutcome.State;
import dev.quorate.merge.Vote;
import dev.quorate.store.Snapshot;
import dev.quorate.store.Transaction;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Deciding on pending actions (api.md 2.2). A vote is judged here, where it is cast, by the rule
/// that stands in the action, and counts on every node from then on. Thread-safe; every method runs
/// inside a transaction or look of its caller.
public final class Approving {
  private static final int PAGE = 50;

  /// What became of an approval.
  public sealed interface Approval {
    /// It decided, and the action was carried out.
    ///
    /// @param done whether there was still something to do it to
    record Executed(String memoryId, boolean done) implements Approval {}

    /// It counts, and more are needed.
    record Counted(int votes, int needed) implements Approval {}
  }

  /// Pending actions, newest first.
  ///
  /// @param status only those in this state, absent for all
  /// @param namespace only those that are about this namespace, absent for all
  public Rows list(
      Snapshot snapshot, @Nullable State status, @Nullable String namespace, int limit) {
    var rows = new Gathered<PendingRow>(limit);
    if (limit > 0) {
      forEach(snapshot, status, namespace, row -> rows.add(row, row.pending().payload()));
    }
    return new Rows(rows.rows(), rows.bytes(), rows.truncated());
  }

  /// Pending actions of a list.
  ///
  /// @param bytes how long they are together, in UTF-8
  /// @param truncated whether they ended because of that
  public record Rows(List<PendingRow> rows, long bytes, boolean truncated) {}

  /// How many actions are in a state, counted up to `limit`.
  public int count(Snapshot snapshot, State status, int limit) {
    var count = new AtomicInteger();
    forEach(snapshot, status, null, _ -> count.incrementAndGet() < limit);
    return count.get();
  }

  /// Shows the actions to `visitor`, newest first, until it has enough.
  private static void forEach(
      Snapshot snapshot,
      @Nullable State status,
      @Nullable String namespace,
      Predicate<PendingRow> visitor) {
    PendingAction last = null;
    while (true) {
      var page = snapshot.pendings(last, PAGE);
      for (var pending : page) {
        var row = PendingRow.of(snapshot, pending);
        if (row.isEmpty()) continue;
        if (status != null && row.get().outcome().state() != status) continue;
        if (namespace != null && !row.get().action().namespace().equals(namespace)) continue;
        if (!visitor.test(row.get())) return;
      }
      if (page.size() < PAGE) return;
      last = page.getLast();
    }
  }

  /// Approves an action; the vote that decides carries it out, in the same step to every reader.
  ///
  /// @throws Forbidden when there is no such action, it is decided or expired, or this agent's
  ///   approval does not count
  public Approval approve(Transaction transaction, String id, String agentId) {
    var row = find(transaction, id).orElseThrow(() -> refused("pending action not found"));
    switch (row.outcome().state()) {
      case PENDING -> {}
      case APPROVED, REJECTED -> throw refused("it is already " + word(row.outcome().state()));
      case EXPIRED -> throw refused("its time to be decided has passed");
    }
    var approver = row.action().approver();
    var refusal = approver.refusal(agentId, agent -> Agents.registered(transaction, agent));
    if (refusal.isPresent()) throw refused(refusal.get());
    var voter = approver.voter(agentId);
    var before =
        row.outcome().approvals().stream().filter(vote -> vote.voter().equals(voter)).findFirst();
    if (before.isPresent()) {
      // Somebody's second vote counts no more than the first, and so is not kept.
      transaction.found(Lane.VOTE, before.get().key());
    } else {
      transaction.together();
      transaction.merge(Vote.of(id, voter, true, transaction.stamp()));
      row = find(transaction, id).orElse(row);
    }
    return switch (row.outcome().state()) {
      case PENDING, REJECTED, EXPIRED ->
          new Approval.Counted(row.outcome().approvals().size(), row.pending().approvalsNeeded());
      case APPROVED -> {
        var what = row.action().what();
        yield new Approval.Executed(what.memoryId(), done(transaction, what));
      }
    };
  }

  /// Rejects an action. Anybody may.
  ///
  /// @throws NotFound when there is no such action, or it is decided or expired
  public void reject(Transaction transaction, String id, String agentId) {
    var open =
        find(transaction, id).filter(row -> row.outcome().state() == State.PENDING).isPresent();
    if (!open) throw new NotFound("pending action not found or already decided");
    transaction.merge(Vote.of(id, agentId, false, transaction.stamp()));
  }

  /// What an approval of this agent has brought about; empty where it was not the one that decided.
  public Optional<Approval.Executed> executed(Snapshot snapshot, String id, String agentId) {
    return find(snapshot, id)
        .filter(row -> decidedBy(row, State.APPROVED, agentId))
        .map(row -> row.action().what())
        .map(what -> new Approval.Executed(what.memoryId(), done(snapshot, what)));
  }

  /// Whether a rejection of this agent is what decided.
  public boolean rejected(Snapshot snapshot, String id, String agentId) {
    return find(snapshot, id).filter(row -> decidedBy(row, State.REJECTED, agentId)).isPresent();
  }

  private static boolean decidedBy(PendingRow row, State state, String agentId) {
    var deciding = row.outcome().deciding();
    var approver = row.action().approver();
    // A rejection is kept under the name as it was given, an approval as it counts.
    return row.outcome().state() == state
        && deciding != null
        && approver.voter(deciding.voter()).equals(approver.voter(agentId));
  }

  private static boolean done(Snapshot snapshot, Action.What what) {
    var there = snapshot.memory(what.memoryId()).isPresent();
    return switch (what) {
      case Action.Store _, Action.Promote _ -> there;
      case Action.Delete _ -> !there;
    };
  }

  private static Optional<PendingRow> find(Snapshot snapshot, String id) {
    return snapshot.pending(Rules.id(id)).flatMap(pending -> PendingRow.of(snapshot, pending));
  }

  /// The word for a state in sentences and in JSON.
  public static String word(State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  private static Forbidden refused(String reason) {
    return new Forbidden("approve rejected: " + reason);
  }
}
