package dev.quorate.merge;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What has become of a pending action: a pure function of the action, its votes and the time.
///
/// @param deciding the vote that decided; its stamp is the time of the execution
/// @param approvals the distinct voters' first approvals, earliest first
public record PendingOutcome(State state, @Nullable Vote deciding, List<Vote> approvals) {
  public enum State {
    PENDING,
    APPROVED,
    REJECTED,
    EXPIRED
  }

  /// Approved beats rejected, whatever the stamps: a late execution is always possible, undoing
  /// never.
  public static PendingOutcome of(PendingAction action, Collection<Vote> votes, long nowMillis) {
    var inTime =
        votes.stream()
            .filter(vote -> vote.stamp().millis() < action.expiresMillis())
            .sorted(Comparator.comparing(Vote::stamp).thenComparing(Vote::hash))
            .toList();
    var firstByVoter = new LinkedHashMap<String, Vote>();
    for (var vote : inTime) {
      if (vote.approve()) firstByVoter.putIfAbsent(vote.voter().toLowerCase(Locale.ROOT), vote);
    }
    var approvals = List.copyOf(firstByVoter.values());
    if (approvals.size() >= action.approvalsNeeded()) {
      return new PendingOutcome(
          State.APPROVED, approvals.get(action.approvalsNeeded() - 1), approvals);
    }
    var rejection = inTime.stream().filter(vote -> !vote.approve()).findFirst();
    if (rejection.isPresent()) {
      return new PendingOutcome(State.REJECTED, rejection.get(), approvals);
    }
    var state = nowMillis >= action.expiresMillis() ? State.EXPIRED : State.PENDING;
    return new PendingOutcome(state, null, approvals);
  }
}
