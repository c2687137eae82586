package dev.quorate.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.merge.PendingOutcome.State;
import dev.quorate.seeds.EachSeed;
import dev.quorate.seeds.Seeds;
import dev.quorate.time.Stamp;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PendingOutcomeTest {
  private static final long EXPIRES = 100;

  @EachSeed
  void theOutcomeIsAFunctionOfTheSetOfVotes(long seed) {
    Seeds.check(
        seed,
        chance -> {
          var action = AnyRegister.pending(chance, "p1");
          var votes = new ArrayList<Vote>();
          for (var left = chance.below(6); left > 0; left--) {
            votes.add(AnyRegister.vote(chance, "p1"));
          }
          var again = new ArrayList<>(votes);
          again.addAll(votes);
          for (var now = 0; now < 7; now++) {
            var outcome = PendingOutcome.of(action, votes, now);
            var other = PendingOutcome.of(action, chance.shuffled(again), now);
            assertThat(other).isEqualTo(outcome);
          }
        });
  }

  @EachSeed
  void onceApprovedAnActionStaysApproved(long seed) {
    Seeds.check(
        seed,
        chance -> {
          var action = AnyRegister.pending(chance, "p1");
          var votes = new ArrayList<Vote>();
          var approved = false;
          for (var now = 0; now < 8; now++) {
            votes.add(AnyRegister.vote(chance, "p1"));
            var state = PendingOutcome.of(action, votes, now).state();
            assertThat(approved && state != State.APPROVED).isFalse();
            approved = state == State.APPROVED;
          }
        });
  }

  @Test
  void approvedBeatsRejectedWhateverTheStamps() {
    var outcome =
        PendingOutcome.of(needing(1), List.of(no("ann", 1), yes("bob", 50), no("cy", 60)), 70);
    assertThat(outcome.state()).isEqualTo(State.APPROVED);
    assertThat(outcome.deciding()).isEqualTo(yes("bob", 50));
  }

  @Test
  void theEarliestRejectionDecidesWhereApprovalsAreTooFew() {
    var outcome =
        PendingOutcome.of(needing(2), List.of(no("cy", 60), yes("bob", 5), no("ann", 10)), 70);
    assertThat(outcome.state()).isEqualTo(State.REJECTED);
    assertThat(outcome.deciding()).isEqualTo(no("ann", 10));
  }

  @Test
  void theVoteThatMakesTheNumberDecides() {
    var votes = List.of(yes("cy", 30), yes("ann", 10), yes("bob", 20));
    var outcome = PendingOutcome.of(needing(2), votes, 40);
    assertThat(outcome.state()).isEqualTo(State.APPROVED);
    assertThat(outcome.deciding()).isEqualTo(yes("bob", 20));
    assertThat(outcome.approvals()).containsExactly(yes("ann", 10), yes("bob", 20), yes("cy", 30));
  }

  @Test
  void aVoterCountsOnceHoweverTheNameIsWritten() {
    var votes = List.of(yes("ann", 10), yes("ANN", 20), yes("Ann", 30));
    var outcome = PendingOutcome.of(needing(2), votes, 40);
    assertThat(outcome.state()).isEqualTo(State.PENDING);
    assertThat(outcome.approvals()).containsExactly(yes("ann", 10));
  }

  @Test
  void aVoteFromTheExpiryOnDoesNotCount() {
    assertThat(PendingOutcome.of(needing(1), List.of(yes("ann", EXPIRES)), EXPIRES).state())
        .isEqualTo(State.EXPIRED);
    assertThat(PendingOutcome.of(needing(1), List.of(no("ann", EXPIRES)), EXPIRES).state())
        .isEqualTo(State.EXPIRED);
    assertThat(PendingOutcome.of(needing(1), List.of(yes("ann", EXPIRES - 1)), 9_999).state())
        .isEqualTo(State.APPROVED);
  }

  @Test
  void withoutADecisionAnActionIsPendingUntilItExpires() {
    assertThat(PendingOutcome.of(needing(1), List.of(), EXPIRES - 1).state())
        .isEqualTo(State.PENDING);
    assertThat(PendingOutcome.of(needing(1), List.of(), EXPIRES).state()).isEqualTo(State.EXPIRED);
    assertThat(PendingOutcome.of(needing(1), List.of(), EXPIRES).deciding()).isNull();
  }

  private static PendingAction needing(int approvals) {
    return PendingAction.of("p1", Stamp.of(1, 0, "n1"), "{}", approvals, EXPIRES);
  }

  private static Vote yes(String voter, long millis) {
    return Vote.of("p1", voter, true, Stamp.of(millis, 0, "n1"));
  }

  private static Vote no(String voter, long millis) {
    return Vote.of("p1", voter, false, Stamp.of(millis, 0, "n1"));
  }
}
