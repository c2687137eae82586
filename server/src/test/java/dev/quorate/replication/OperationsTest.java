package dev.quorate.replication;

import static dev.quorate.replication.Parcels.archive;
import static dev.quorate.replication.Parcels.content;
import static dev.quorate.replication.Parcels.cut;
import static dev.quorate.replication.Parcels.made;
import static dev.quorate.replication.Parcels.parcel;
import static dev.quorate.replication.Parcels.whole;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.merge.Lane;
import dev.quorate.quorum.Miss;
import dev.quorate.quorum.QuorumPolicy;
import dev.quorate.quorum.Verdict;
import dev.quorate.store.Made;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Which peer holds which mutation. Three nodes, of which all must hold a write, so that each peer
/// is told apart.
class OperationsTest {
  private static final long NOW = 1_000;
  private static final List<Outcome.Skip> NOTHING = List.of();

  private final Operations operations =
      new Operations(new QuorumPolicy(3, 3, 100), "self", Set.of("p1", "p2"));

  @Test
  void anOperationIsHeldByWhoHoldsAllItsChanges() {
    var a = content("a", 5);
    var b = archive("b", 6);
    var operation = operations.begin(List.of(made(a, 1), made(b, 2)), 2, NOW);
    assertThat(operation.lacking()).isEqualTo(Map.of("p1", 2, "p2", 2));
    var batch = whole(0, 2, parcel(a, 1), parcel(b, 2));
    assertThat(operations.delivered("p1", batch, NOTHING)).containsExactly(operation);
    assertThat(holders(operation)).containsExactly("self", "p1");
    assertThat(operation.lacking()).isEqualTo(Map.of("p2", 2));
    assertThat(operations.delivered("p2", batch, NOTHING)).containsExactly(operation);
    assertThat(operation.everywhere()).isTrue();
  }

  @Test
  void aBatchThatWasCutCountsOnlyForWhatItCarries() {
    var a = content("a", 5);
    var b = content("b", 6);
    var operation = operations.begin(List.of(made(a, 1), made(b, 2)), 2, NOW);
    // The cursor passes number 2, and yet b has a later number by now and is not in the batch.
    operations.delivered("p1", cut(0, 2, parcel(a, 1)), NOTHING);
    assertThat(holders(operation)).containsExactly("self");
    assertThat(operation.lacking()).containsEntry("p1", 1);
    operations.delivered("p1", cut(2, 3, parcel(content("b", 9, 6), 3)), NOTHING);
    assertThat(holders(operation)).containsExactly("self", "p1");
  }

  @Test
  void aNewerStateCountsForTheOlderOneThatItKnew() {
    var operation = operations.begin(List.of(made(content("a", 5), 1)), 1, NOW);
    operations.delivered("p1", cut(0, 1, parcel(content("a", 9, 5), 4)), NOTHING);
    assertThat(holders(operation)).containsExactly("self", "p1");
  }

  @Test
  void aNewerStateThatDidNotKnowTheOlderOneDoesNotCountForIt() {
    var operation = operations.begin(List.of(made(content("a", 5), 1)), 1, NOW);
    operations.delivered("p1", cut(0, 1, parcel(content("a", 9), 4)), NOTHING);
    assertThat(holders(operation)).containsExactly("self");
  }

  @Test
  void anOperationThatMadeNothingWaitsForTheCursor() {
    var a = content("a", 5);
    operations.begin(List.of(made(a, 4)), 4, NOW);
    var waiting = operations.begin(List.of(), 4, NOW);
    operations.delivered("p1", cut(0, 3, parcel(content("other", 1), 3)), NOTHING);
    assertThat(holders(waiting)).containsExactly("self");
    operations.delivered("p1", whole(3, 4, parcel(a, 4)), NOTHING);
    assertThat(holders(waiting)).containsExactly("self", "p1");
  }

  @Test
  void anOperationThatMadeNothingIsHeldAtOnceByWhoIsBeyondItsNumber() {
    operations.delivered("p1", whole(0, 7), NOTHING);
    var waiting = operations.begin(List.of(), 7, NOW);
    assertThat(holders(waiting)).containsExactly("self", "p1");
    assertThat(holders(operations.begin(List.of(), 8, NOW))).containsExactly("self");
  }

  @Test
  void operationsThatMadeNothingAtOneNumberAreToldApart() {
    var one = operations.begin(List.of(), 3, NOW);
    var other = operations.begin(List.of(), 3, NOW + 50);
    assertThat(operations.delivered("p1", whole(0, 3), NOTHING)).containsExactly(one, other);
    assertThat(one.deadlineMillis()).isEqualTo(NOW + 100);
    assertThat(other.deadlineMillis()).isEqualTo(NOW + 150);
  }

  @Test
  void whatAPeerSkipsItDoesNotHold() {
    var a = content("a", 5);
    var b = content("b", 6);
    var first = operations.begin(List.of(made(a, 1)), 1, NOW);
    var second = operations.begin(List.of(made(b, 2)), 2, NOW);
    var batch = whole(0, 2, parcel(a, 1), parcel(b, 2));
    operations.delivered("p1", batch, List.of(new Outcome.Skip(0, "no")));
    assertThat(holders(first)).containsExactly("self");
    assertThat(misses(first)).containsEntry("p1", Miss.REFUSED);
    assertThat(holders(second)).containsExactly("self", "p1");
  }

  @Test
  void whatComesAfterASkipIsNotTakenForHeldByItsNumber() {
    var refused = content("a", 5);
    operations.begin(List.of(made(refused, 1)), 1, NOW);
    var batch = whole(0, 1, parcel(refused, 1));
    operations.delivered("p1", batch, List.of(new Outcome.Skip(0, "no")));
    assertThat(holders(1)).containsExactly("self");
    operations.delivered("p1", whole(1, 2, parcel(content("b", 6), 2)), NOTHING);
    assertThat(holders(1)).containsExactly("self");
    // A second write of the same memory is one that the peer does not take either.
    var again = operations.begin(List.of(made(content("a", 7, 5), 3)), 3, NOW);
    assertThat(misses(again)).containsEntry("p1", Miss.REFUSED);
  }

  @Test
  void whatWasSkippedCountsOnceThePeerTakesIt() {
    var a = content("a", 5);
    var operation = operations.begin(List.of(made(a, 1)), 1, NOW);
    var batch = whole(0, 1, parcel(a, 1));
    operations.delivered("p1", batch, List.of(new Outcome.Skip(0, "no")));
    assertThat(operations.released("p1", Lane.CONTENT, "a")).containsExactly(operation);
    assertThat(holders(operation)).containsExactly("self", "p1");
    assertThat(holders(1)).containsExactly("self", "p1");
  }

  @Test
  void aFailureIsToldToThoseItWouldHaveReachedAndNoOthers() {
    var first = operations.begin(List.of(made(content("a", 5), 1)), 1, NOW);
    var second = operations.begin(List.of(made(content("b", 6), 2)), 2, NOW);
    assertThat(operations.failed("p1", 1, Miss.UNREACHABLE)).containsExactly(first);
    assertThat(misses(first)).containsEntry("p1", Miss.UNREACHABLE);
    assertThat(misses(second)).containsEntry("p1", Miss.TIMEOUT);
  }

  @Test
  void aPeerThatFailedHoldsItWhenTheNextAttemptSucceeds() {
    var a = content("a", 5);
    var operation = operations.begin(List.of(made(a, 1)), 1, NOW);
    operations.failed("p1", 1, Miss.TIMEOUT);
    operations.failed("p2", 1, Miss.REFUSED);
    assertThat(operation.settled(NOW)).isTrue();
    assertThat(operation.spread(NOW)).isTrue();
    operations.delivered("p1", whole(0, 1, parcel(a, 1)), NOTHING);
    assertThat(holders(operation)).containsExactly("self", "p1");
    assertThat(misses(operation)).isEqualTo(Map.of("p2", Miss.REFUSED));
  }

  @Test
  void anOperationIsFoundByTheNumberOfItsLastChangeWhileSomebodyLacksIt() {
    var a = content("a", 5);
    var operation = operations.begin(List.of(made(a, 1), made(archive("a", 5), 2)), 2, NOW);
    assertThat(operations.find(2)).contains(operation);
    assertThat(operations.find(1)).isEmpty();
    assertThat(operations.find(3)).isEmpty();
    var batch = whole(0, 2, parcel(a, 1), parcel(archive("a", 5), 2));
    operations.delivered("p1", batch, NOTHING);
    assertThat(operations.find(2)).contains(operation);
    operations.delivered("p2", batch, NOTHING);
    assertThat(operations.find(2)).isEmpty();
  }

  @Test
  void theOldestOperationsAreForgottenBeyondTheBound() {
    for (var number = 1L; number <= Operations.REMEMBERED_MAX + 2; number++) {
      operations.begin(List.of(), number, NOW);
    }
    assertThat(operations.find(2)).isEmpty();
    assertThat(operations.find(3)).isPresent();
    assertThat(operations.find(Operations.REMEMBERED_MAX + 2)).isPresent();
  }

  @Test
  void retriesThatWereAnsweredTakeNoRoom() {
    var operation = operations.begin(List.of(made(content("a", 5), 1)), 1, NOW);
    for (var i = 0; i <= Operations.REMEMBERED_MAX; i++) {
      operations.answered(operations.begin(List.of(), 1, NOW));
    }
    operations.answered(operation);
    assertThat(operations.find(1)).contains(operation);
  }

  @Test
  void aGreetingTellsWhatThePeerHoldsAndRefuses() {
    var operation = operations.begin(List.of(made(content("a", 5), 4)), 4, NOW);
    assertThat(operations.known("p1", "e1", -1, Set.of())).isEmpty();
    assertThat(holders(operation)).containsExactly("self");
    operations.known("p1", "e1", 4, Set.of());
    assertThat(holders(operation)).containsExactly("self", "p1");
    assertThat(holders(4)).containsExactly("self", "p1");
    operations.known("p2", "e2", 4, Set.of("CONTENT\na"));
    assertThat(misses(operation)).isEqualTo(Map.of("p2", Miss.REFUSED));
  }

  @Test
  void aPeerWithAnotherStoreHoldsNothingUntilItSaysSo() {
    operations.delivered("p1", whole(0, 4), NOTHING);
    assertThat(holders(4)).containsExactly("self", "p1");
    operations.known("p1", "e1", -1, Set.of());
    assertThat(holders(4)).containsExactly("self");
    assertThat(holders(operations.begin(List.of(), 4, NOW))).containsExactly("self");
  }

  @Test
  void manyChangesAreForgottenBeforeManyOperationsAre() {
    var made = new ArrayList<Made>();
    for (var number = 1; number <= 1_000; number++)
      made.add(made(content("m" + number, 5), number));
    var operations = Operations.CHANGES_MAX / 1_000 + 1;
    for (var sequence = 1; sequence <= operations; sequence++) {
      this.operations.begin(made, sequence, NOW);
    }
    assertThat(this.operations.find(1)).isEmpty();
    assertThat(this.operations.find(2)).isPresent();
    assertThat(this.operations.find(operations)).isPresent();
  }

  @Test
  void ofWhatAPeerGetsAfterALongAbsenceOnlyTheLatestIsKept() {
    var first = content("first", 5);
    operations.delivered("p1", cut(0, 1, parcel(first, 1)), NOTHING);
    for (var number = 2; number <= Parts.MAX + 1; number++) {
      operations.delivered("p1", cut(number - 1, number, parcel(content("a", 5), number)), NOTHING);
    }
    var last = made(content("a", 5), Parts.MAX + 1);
    assertThat(holders(operations.begin(List.of(last), last.sequence(), NOW)))
        .containsExactly("self", "p1");
    // It got it, which nobody remembers: it counts when the peer has everything.
    var early = operations.begin(List.of(made(first, 1)), 1, NOW);
    assertThat(holders(early)).containsExactly("self");
    operations.delivered("p1", whole(Parts.MAX + 1, Parts.MAX + 2), NOTHING);
    assertThat(holders(early)).containsExactly("self", "p1");
  }

  @Test
  void nobodyButTheReplicasIsCounted() {
    var a = content("a", 5);
    var operation = operations.begin(List.of(made(a, 1)), 1, NOW);
    assertThat(operations.delivered("guest", whole(0, 1, parcel(a, 1)), NOTHING)).isEmpty();
    assertThat(operations.failed("guest", 1, Miss.REFUSED)).isEmpty();
    assertThat(operations.known("guest", "e", 1, Set.of())).isEmpty();
    assertThat(operations.released("guest", Lane.CONTENT, "a")).isEmpty();
    assertThat(misses(operation)).isEqualTo(Map.of("p1", Miss.TIMEOUT, "p2", Miss.TIMEOUT));
  }

  private static List<String> holders(Operation operation) {
    return operation.verdict().nodes();
  }

  /// Who holds everything up to a number.
  private List<String> holders(long sequence) {
    return holders(operations.judge(sequence, NOW));
  }

  private static Map<String, Miss> misses(Operation operation) {
    assertThat(operation.verdict()).isInstanceOf(Verdict.NotMet.class);
    return ((Verdict.NotMet) operation.verdict()).misses();
  }
}
