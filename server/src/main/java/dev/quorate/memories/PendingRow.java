package dev.quorate.memories;

import dev.quorate.governance.Action;
import dev.quorate.merge.PendingAction;
import dev.quorate.merge.PendingOutcome;
import dev.quorate.merge.Vote;
import dev.quorate.store.Snapshot;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// A pending action as it stands now.
///
/// @param rejections the votes against it, earliest first
public record PendingRow(
    PendingAction pending, Action action, PendingOutcome outcome, List<Vote> rejections) {

  /// Works out how an action stands; empty for one that this version cannot read.
  public static Optional<PendingRow> of(Snapshot snapshot, PendingAction pending) {
    return Action.read(pending.payload())
        .map(action -> {
          var votes = snapshot.votes(pending.id());
          var rejections =
              votes.stream()
                  .filter(vote -> !vote.approve())
                  .sorted(Comparator.comparing(Vote::stamp))
                  .toList();
          var outcome = PendingOutcome.of(pending, votes, snapshot.nowMillis());
          return new PendingRow(pending, action, outcome, rejections);
        });
  }
}
