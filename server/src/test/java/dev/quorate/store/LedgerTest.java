package dev.quorate.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.governance.Action;
import dev.quorate.governance.Approver;
import dev.quorate.memory.AnyMemory;
import dev.quorate.memory.Body;
import dev.quorate.memory.Memory;
import dev.quorate.memory.Tier;
import dev.quorate.merge.AliasFact;
import dev.quorate.merge.ContentRegister;
import dev.quorate.merge.EmbeddingRegister;
import dev.quorate.merge.Lane;
import dev.quorate.merge.LifecycleRegister;
import dev.quorate.merge.LifecycleRegister.State;
import dev.quorate.merge.LinkRegister;
import dev.quorate.merge.LostContent;
import dev.quorate.merge.PendingAction;
import dev.quorate.merge.Register;
import dev.quorate.merge.Seen;
import dev.quorate.merge.Vote;
import dev.quorate.time.Stamp;
import dev.quorate.time.Timestamps;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The rules of applying a change, one by one. Times are small numbers of milliseconds.
class LedgerTest {
  private static final long NOW = 1_000;

  private final Replica node = Replica.inMemory("r1", NOW);

  @Test
  void aDeleteIsFinalWhateverArrivesLater() {
    var content = content("m", 10, "t");
    node.receive(content);
    node.receive(delete("m", 20));
    assertThat(node.state().views()).isEmpty();
    node.receive(content);
    node.receive(content("m", 90, "t"));
    node.receive(turn("m", 95, State.LIVE));
    node.receive(turn("m", 96, State.ARCHIVED));
    node.receive(new LostContent(content), embedding("m", 10));
    assertThat(node.state().registers()).containsOnlyKeys("LIFECYCLE m");
    assertThat(node.state().changes()).containsExactly("LIFECYCLE m");
    assertThat(node.tables().lifecycle("m")).contains(delete("m", 20));
  }

  @Test
  void aDeleteThatOvertakesItsContentKeepsItOut() {
    node.receive(delete("m", 20));
    node.receive(content("m", 10, "t"), embedding("m", 10));
    assertThat(node.state().registers()).containsOnlyKeys("LIFECYCLE m");
  }

  @Test
  void aDeleteErasesHistoryAndVectorButNotTheLinks() {
    var link = LinkRegister.of("m", "n", "related_to", stamp(5), true, "{}");
    node.receive(content("m", 10, "t"), content("m", 11, "t"), embedding("m", 11), link);
    node.receive(edit("m", 12, "t", Seen.NOTHING.with(stamp(11))));
    assertThat(node.state().registers()).hasSize(4);
    assertThat(node.state().replaced()).hasSize(1);
    node.receive(delete("m", 20));
    assertThat(node.state().registers()).containsOnlyKeys("LIFECYCLE m", "LINK m\nn\nrelated_to");
    assertThat(node.state().replaced()).isEmpty();
  }

  @Test
  void anEarlierConsolidationDoesNotBringBackWhatWasDeleted() {
    var content = content("m", 10, "t");
    node.receive(content);
    node.receive(delete("m", 20));
    node.receive(delete("m", 15, "s"));
    node.receive(content);
    assertThat(node.state().views()).isEmpty();
  }

  @Test
  void aConsolidatedSourceStaysUntilItsSuccessorArrives() {
    node.receive(content("m", 10, "t"));
    node.receive(delete("m", 20, "s"));
    assertThat(shown("m")).isEqualTo(Shown.LIVE);
    assertThat(node.erased("m")).isFalse();
    node.receive(content("s", 19, "u"));
    assertThat(node.state().views()).containsOnlyKeys("s");
    assertThat(node.erased("m")).isTrue();
  }

  @Test
  void aConsolidatedSourceThatArrivesLateStaysUntilItsSuccessorArrives() {
    node.receive(delete("m", 20, "s"));
    node.receive(content("m", 10, "t"));
    assertThat(shown("m")).isEqualTo(Shown.LIVE);
    node.receive(edit("m", 30, "t2", Seen.NOTHING.with(stamp(10))));
    assertThat(shown("m")).isEqualTo(Shown.LIVE);
    node.receive(content("s", 19, "u"));
    assertThat(node.state().views()).containsOnlyKeys("s");
  }

  @Test
  void aSuccessorThatWasDeletedSinceIsKnown() {
    node.receive(content("m", 10, "t"));
    node.receive(delete("m", 20, "s"));
    node.receive(delete("s", 30));
    assertThat(node.state().views()).isEmpty();
  }

  @Test
  void aSuccessorIsKnownByTheDeleteOfWhatItIsOneWith() {
    node.receive(content("m", 10, "t"));
    node.receive(delete("m", 20, "s"));
    node.receive(alias("s", 19, "twin", 18));
    assertThat(shown("m")).isEqualTo(Shown.LIVE);
    node.receive(delete("twin", 30));
    assertThat(node.state().views()).isEmpty();
  }

  @Test
  void aSuccessorIsKnownOnceItIsOneWithSomethingDeleted() {
    node.receive(content("m", 10, "t"));
    node.receive(delete("m", 20, "s"));
    node.receive(delete("twin", 30));
    assertThat(shown("m")).isEqualTo(Shown.LIVE);
    node.receive(alias("s", 19, "twin", 18));
    assertThat(node.state().views()).isEmpty();
  }

  @Test
  void ofTwoConsolidationsOfOneSourceEitherSuccessorWillDo() {
    for (var order : List.of(List.of("s", "u"), List.of("u", "s"))) {
      for (var arrives : order) {
        var replica = Replica.inMemory("r2", NOW);
        replica.receive(content("m", 10, "t"));
        order.forEach(successor -> replica.receive(delete("m", 20, successor)));
        assertThat(replica.erased("m")).isFalse();
        replica.receive(content(arrives, 19, "elsewhere"));
        assertThat(replica.state().views()).containsOnlyKeys(arrives);
        assertThat(replica.tables().lifecycle("m")).contains(delete("m", 20, "s", "u"));
      }
    }
  }

  @Test
  void aSuccessorWhoseOwnDeleteWaitsIsNotKnown() {
    node.receive(content("m", 10, "t"));
    node.receive(delete("m", 20, "s"));
    node.receive(delete("s", 30, "u"));
    assertThat(shown("m")).isEqualTo(Shown.LIVE);
    node.receive(content("u", 29, "v"));
    assertThat(node.state().views()).containsOnlyKeys("u");
    assertThat(node.erased("m")).isTrue();
    assertThat(node.erased("s")).isTrue();
  }

  @Test
  void deletesThatWaitForEachOtherBringNothingIntoEffect() {
    node.receive(delete("a", 20, "b"));
    node.receive(delete("b", 21, "c"), delete("c", 22, "a"));
    for (var id : List.of("a", "b", "c")) assertThat(node.erased(id)).isFalse();
    node.receive(delete("c", 23));
    for (var id : List.of("a", "b", "c")) assertThat(node.erased(id)).isTrue();
  }

  @Test
  void whatACircleOfDeletesErasedStaysErased() {
    var a = content("a", 10, "t");
    var b = content("b", 10, "u");
    node.receive(a, b);
    node.receive(delete("a", 20, "b"));
    assertThat(node.state().views()).containsOnlyKeys("b");
    node.receive(delete("b", 21, "a"));
    assertThat(node.state().views()).isEmpty();
    node.receive(a);
    node.receive(b);
    assertThat(node.state().views()).isEmpty();
    assertThat(node.erased("a")).isTrue();
    assertThat(node.erased("b")).isTrue();
    assertThat(node.tables().lifecycle("b")).contains(delete("b", 21));
  }

  @Test
  void aDeleteThatTakesEffectLateIsRecordedOnceMore() {
    node.receive(content("m", 10, "t"));
    node.receive(delete("m", 20, "s"));
    node.receive(content("other", 10, "u"));
    assertThat(node.state().changes()).containsExactly("CONTENT m", "LIFECYCLE m", "CONTENT other");
    node.receive(content("s", 19, "v"));
    assertThat(node.state().changes()).containsExactly("CONTENT other", "CONTENT s", "LIFECYCLE m");
    node.receive(edit("s", 30, "v", Seen.NOTHING.with(stamp(19))));
    assertThat(node.state().changes()).containsExactly("CONTENT other", "LIFECYCLE m", "CONTENT s");
  }

  @Test
  void aDeleteThatTakesEffectAtOnceIsRecordedOnce() {
    var ledger = node.ledger();
    ledger.apply(content("m", 10, "t"));
    ledger.apply(delete("m", 20));
    assertThat(ledger.recorded()).isEqualTo(2);
  }

  @Test
  void anArchiveThatOvertakesItsContentHoldsWhenTheContentArrives() {
    node.receive(turn("m", 20, State.ARCHIVED));
    node.receive(content("m", 10, "t"));
    assertThat(node.state().views())
        .containsEntry("m", new View("m", Shown.ARCHIVED, Long.MAX_VALUE, 20, "why"));
    node.receive(content("m", 30, "t"));
    assertThat(shown("m")).isEqualTo(Shown.ARCHIVED);
    node.receive(turn("m", 25, State.LIVE));
    assertThat(shown("m")).isEqualTo(Shown.LIVE);
    node.receive(turn("m", 24, State.ARCHIVED));
    assertThat(shown("m")).isEqualTo(Shown.LIVE);
  }

  @Test
  void theLoserOfAConcurrentEditIsKeptAndRecorded() {
    var one = content("m", 10, "t");
    var other = content("m", 11, "t");
    for (var order : List.of(List.of(one, other), List.of(other, one))) {
      var replica = Replica.inMemory("r2", NOW);
      order.forEach(replica::receive);
      assertThat(replica.tables().content("m")).contains(other);
      assertThat(replica.state().registers()).containsEntry(dump(one), new LostContent(one));
      assertThat(replica.state().changes()).contains(dump(one));
      assertThat(replica.state().replaced()).isEmpty();
    }
  }

  @Test
  void aVersionThatWasReplacedKnowinglyIsHistoryOfThisNodeOnly() {
    var old = content("m", 10, "t");
    var edit = edit("m", 11, "t", Seen.NOTHING.with(stamp(10)));
    node.receive(old);
    node.receive(edit);
    assertThat(node.state().registers()).containsOnlyKeys("CONTENT m");
    assertThat(node.state().replaced()).containsExactly(old);
    assertThat(node.receive(old)).isFalse();
    assertThat(node.state().registers()).containsOnlyKeys("CONTENT m");
  }

  @Test
  void whatArrivesAgainChangesNothingAndSaysSo() {
    var ledger = node.ledger();
    var winner = content("m", 11, "t");
    var loser = content("m", 10, "t");
    var vote = Vote.of("p", "ann", true, stamp(5));
    for (var register : List.of(winner, loser, vote, turn("m", 5, State.LIVE))) {
      assertThat(ledger.apply(register)).isTrue();
      assertThat(ledger.apply(register)).isFalse();
    }
    assertThat(ledger.recorded()).isEqualTo(4);
  }

  @Test
  void twinsAreOneMemoryUnderTheIdThatWasCreatedFirst() {
    node.receive(created("a", 10, 3, "t"));
    node.receive(created("b", 11, 2, "t"));
    assertThat(node.tables().alias("a", "b")).isPresent();
    assertThat(node.state().views())
        .containsEntry("a", View.hidden("b"))
        .containsEntry("b", new View("b", Shown.LIVE, Long.MAX_VALUE, 0, ""));
    node.receive(created("c", 9, 1, "t"));
    assertThat(node.state().views())
        .containsEntry("a", View.hidden("c"))
        .containsEntry("b", new View("c", Shown.LIVE, Long.MAX_VALUE, 0, ""))
        .containsEntry("c", View.hidden("c"));
  }

  @Test
  void manyTwinsInOneBatchBecomeOneMemory() {
    node.receive(
        created("a", 10, 9, "t"),
        created("b", 11, 8, "t"),
        created("c", 12, 7, "t"),
        created("d", 13, 6, "t"));
    assertThat(node.tables().aliases("d")).hasSize(3);
    assertThat(node.tables().liveUnder("global", "t", NOW))
        .containsExactly(new Tables.LiveContent("d", "d"));
  }

  @Test
  void twinsAreLookedForAtTheEndOfABatchOnly() {
    node.receive(content("a", 10, "t"));
    node.receive(content("b", 11, "t"), delete("a", 20));
    assertThat(node.tables().hasAliases()).isFalse();
    node.receive(content("c", 12, "t"), content("b", 13, "elsewhere"));
    assertThat(node.tables().hasAliases()).isFalse();
  }

  @Test
  void anArchivedOrExpiredMemoryHasNoTwin() {
    node.receive(content("a", 10, "t"), turn("a", 20, State.ARCHIVED));
    node.receive(expiring("b", 10, "t", NOW));
    node.receive(content("c", 10, "t"));
    assertThat(node.tables().hasAliases()).isFalse();
    node.receive(turn("a", 30, State.LIVE));
    assertThat(node.tables().aliases("c")).hasSize(1);
    assertThat(node.tables().aliases("b")).isEmpty();
  }

  @Test
  void aRevivedGroupIsLookedForUnderTheTitleItShows() {
    node.receive(content("a", 10, "old"), content("b", 11, "t"), alias("a", 1, "b", 2));
    node.receive(turn("a", 20, State.ARCHIVED));
    node.receive(content("c", 12, "t"));
    assertThat(node.tables().aliases("c")).isEmpty();
    node.receive(turn("a", 30, State.LIVE));
    assertThat(node.tables().liveUnder("global", "t", NOW)).hasSize(1);
    assertThat(node.tables().aliases("c")).hasSize(2);
  }

  @Test
  void aGroupThatBecomesLiveByAnAliasIsLookedForToo() {
    node.receive(content("a", 11, "t"), turn("a", 20, State.ARCHIVED));
    node.receive(content("b", 10, "u"), turn("b", 30, State.LIVE));
    node.receive(content("c", 12, "t"));
    node.receive(alias("a", 1, "b", 2));
    assertThat(node.tables().liveUnder("global", "t", NOW)).hasSize(1);
    assertThat(node.tables().aliases("c")).hasSize(2);
  }

  @Test
  void theGroupShowsItsNewestContentAndTheLatestOfItsLifecycles() {
    node.receive(content("a", 10, "t"), content("b", 11, "u"), alias("a", 1, "b", 2));
    assertThat(node.state().views()).containsEntry("a", View.hidden("a"));
    node.receive(turn("b", 40, State.ARCHIVED));
    assertThat(node.state().views())
        .containsEntry("b", new View("a", Shown.ARCHIVED, Long.MAX_VALUE, 40, "why"));
    node.receive(turn("a", 50, State.LIVE));
    assertThat(node.state().views())
        .containsEntry("b", new View("a", Shown.LIVE, Long.MAX_VALUE, 0, ""));
    node.receive(edit("a", 60, "v", Seen.NOTHING.with(stamp(10))));
    assertThat(node.state().views())
        .containsEntry("a", new View("a", Shown.LIVE, Long.MAX_VALUE, 0, ""))
        .containsEntry("b", View.hidden("a"));
  }

  @Test
  void anAliasThatJoinsALiveMemoryWithADeletedOneErasesBoth() {
    node.receive(content("a", 10, "t"), embedding("a", 10), delete("b", 20));
    node.receive(alias("a", 1, "b", 2));
    assertThat(node.state().views()).isEmpty();
    assertThat(node.tables().embedding("a")).isEmpty();
    node.receive(content("a", 30, "t"), content("b", 30, "t"), embedding("b", 30));
    assertThat(node.state().views()).isEmpty();
    assertThat(node.tables().embedding("b")).isEmpty();
  }

  @Test
  void aDeleteOfAnyMemberDeletesTheGroup() {
    node.receive(content("a", 10, "t"), content("b", 11, "t"));
    node.receive(content("c", 12, "t"));
    node.receive(delete("c", 20));
    assertThat(node.state().views()).isEmpty();
    for (var id : List.of("a", "b", "c")) assertThat(node.erased(id)).isTrue();
  }

  @Test
  void aRestoreThatIsLaterThanTheExpiryOutlivesIt() {
    node.receive(expiring("m", 10, "t", 500));
    assertThat(expiry("m")).isEqualTo(500);
    node.receive(turn("m", 499, State.LIVE));
    assertThat(expiry("m")).isEqualTo(500);
    node.receive(turn("m", 500, State.LIVE));
    assertThat(expiry("m")).isEqualTo(Long.MAX_VALUE);
    node.receive(expiring("m", 510, "t", 600));
    assertThat(expiry("m")).isEqualTo(600);
  }

  @Test
  void anExpirySetIntoThePastByAnEditAfterARestoreTakesEffect() {
    node.receive(expiring("m", 10, "t", 500), turn("m", 600, State.LIVE));
    assertThat(expiry("m")).isEqualTo(Long.MAX_VALUE);
    var edit = expiring("m", 700, "t", 550);
    node.receive(edit);
    assertThat(expiry("m")).isEqualTo(550);
    node.receive(turn("m", 701, State.LIVE));
    assertThat(expiry("m")).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void inAGroupTheRestoreMustBeLaterThanTheContentShown() {
    node.receive(expiring("a", 10, "t", 20), expiring("b", 40, "u", 20), alias("a", 1, "b", 2));
    node.receive(turn("a", 30, State.LIVE));
    assertThat(expiry("b")).isEqualTo(20);
    node.receive(turn("a", 41, State.LIVE));
    assertThat(expiry("b")).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void aNewerContentBringsItsOwnExpiry() {
    node.receive(expiring("m", 10, "t", 500));
    node.receive(edit("m", 20, "t", Seen.NOTHING.with(stamp(10))));
    assertThat(expiry("m")).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void aRemovedLinkStaysRemovedUntilALaterOneIsMade() {
    var made = LinkRegister.of("a", "b", "related_to", stamp(10), true, "{}");
    var removed = LinkRegister.of("a", "b", "related_to", stamp(20), false, "");
    var again = LinkRegister.of("a", "b", "related_to", stamp(30), true, "{}");
    node.receive(removed);
    node.receive(made);
    assertThat(node.tables().link("a", "b", "related_to")).contains(removed);
    node.receive(again);
    node.receive(removed);
    assertThat(node.tables().link("a", "b", "related_to")).contains(again);
  }

  @Test
  void theClockMovesPastEveryStampThatIsApplied() {
    node.receive(content("a", 5_000, "t"));
    node.receive(content("b", 10, "t"));
    var fact = node.tables().alias("a", "b").orElseThrow();
    assertThat(fact.stamp().millis()).isGreaterThanOrEqualTo(5_000);
    assertThat(fact.stamp().origin()).isEqualTo("r1");
  }

  @Test
  void onlyTheLatestChangeOfARegisterHasANumber() {
    node.receive(content("m", 10, "t"));
    node.receive(turn("m", 11, State.ARCHIVED));
    node.receive(edit("m", 12, "t", Seen.NOTHING.with(stamp(10))));
    assertThat(node.state().changes()).containsExactly("LIFECYCLE m", "CONTENT m");
  }

  @Test
  void anApprovedStoreMakesTheSameRowInEveryOrder() {
    var pending = pending("p", toStore("x", 60L), 1);
    var expected =
        ContentRegister.of(
            "x", stamp(20), Seen.NOTHING, Body.write(requested("x").withExpiry(at(20 + 60_000))));
    for (var replica : inEveryOrder(pending, vote("p", "ann", true, 20))) {
      assertThat(replica.tables().content("x")).contains(expected);
      assertThat(replica.state().changes()).contains("CONTENT x");
    }
  }

  @Test
  void anApprovedDeleteIsADeleteOfTheMomentOfTheVoteInEveryOrder() {
    var pending = pending("p", new Action.Delete("m"), 1);
    var orders = inEveryOrder(content("m", 10, "t"), pending, vote("p", "ann", true, 20));
    for (var replica : orders) {
      assertThat(replica.state().views()).isEmpty();
      assertThat(replica.tables().lifecycle("m"))
          .contains(LifecycleRegister.of("m", stamp(20), State.DELETED, "delete", List.of()));
    }
  }

  @Test
  void anApprovedPromotionMakesTheSameRowInEveryOrder() {
    var pending = pending("p", new Action.Promote("m"), 1);
    var before = expiring("m", 10, "t", 500);
    for (var replica : inEveryOrder(before, pending, vote("p", "ann", true, 20))) {
      var content = replica.tables().content("m").orElseThrow();
      var memory = Body.read(content.body());
      assertThat(content.stamp()).isEqualTo(promotionOf(before, 20));
      assertThat(memory.tier()).isEqualTo(Tier.LONG);
      assertThat(memory.expiresAt()).isNull();
      assertThat(memory.version()).isEqualTo(2);
      assertThat(Objects.requireNonNull(replica.state().views().get("m")).expiresMillis())
          .isEqualTo(Long.MAX_VALUE);
      assertThat(replica.state().registers()).hasSize(3);
    }
  }

  @Test
  void aPromotionReachesTheMemoryThroughAnAliasInEveryOrder() {
    var shown = content("n", 11, "t");
    var pending = pending("p", new Action.Promote("m"), 1);
    for (var replica :
        inEveryOrder(shown, alias("m", 1, "n", 2), pending, vote("p", "ann", true, 20))) {
      var promoted = replica.tables().content("n").orElseThrow();
      assertThat(promoted.stamp()).isEqualTo(promotionOf(shown, 20));
      assertThat(Body.read(promoted.body()).tier()).isEqualTo(Tier.LONG);
    }
  }

  @Test
  void anEditThatOnlyOnePromotionSawIsKeptThoughTheOtherOneIsEditedNext() {
    var unseen = edit("m", 15, "u", Seen.NOTHING.with(stamp(10)));
    var approval = List.of(pending("p", new Action.Promote("m"), 1), vote("p", "ann", true, 20));
    var one = Replica.inMemory("r1", NOW);
    var other = Replica.inMemory("r2", NOW);
    one.receive(content("m", 10, "t"));
    other.receive(content("m", 10, "t"), unseen);
    one.receive(approval);
    other.receive(approval);
    var promoted = other.tables().content("m").orElseThrow();
    var shown = one.tables().content("m").orElseThrow();
    one.receive(edit("m", 30, "v", shown.seen().with(shown.stamp())));
    one.receive(other.state().registers().values());
    other.receive(one.state().registers().values());
    assertThat(one.shared()).isEqualTo(other.shared());
    assertThat(one.state().registers().values()).contains(new LostContent(promoted));
  }

  @Test
  void whatIsPromotedAlreadyIsNotPromotedAgain() {
    node.receive(content("m", 10, "t"));
    node.receive(pending("p", new Action.Promote("m"), 1), vote("p", "ann", true, 20));
    var promoted = node.tables().content("m").orElseThrow();
    node.receive(pending("q", new Action.Promote("m"), 1), vote("q", "ann", true, 30));
    assertThat(node.tables().content("m")).contains(promoted);
  }

  @Test
  void ofTwoPromotionsThatOfTheLaterContentStands() {
    var approval = List.of(pending("p", new Action.Promote("m"), 1), vote("p", "ann", true, 20));
    var early = Replica.inMemory("r1", NOW);
    early.receive(content("m", 10, "t"));
    early.receive(approval);
    node.receive(content("m", 10, "t"), edit("m", 15, "u", Seen.NOTHING.with(stamp(10))));
    node.receive(approval);
    var later = node.tables().content("m").orElseThrow();
    node.receive(early.state().registers().values());
    early.receive(later);
    assertThat(node.tables().content("m")).contains(later);
    assertThat(early.tables().content("m")).contains(later);
  }

  @Test
  void aNodeOwesTheDeleteThatErasedARequestMadeHere() {
    var from = new Origin("n2", "e2", 1);
    node.ledger().apply(pending("p", toStore("x", null), 1));
    node.ledger().receive(delete("x", 30), from, null);
    assertThat(node.tables().pending("p")).isEmpty();
    assertThat(node.tables().recordedHere(Lane.LIFECYCLE, "x")).isTrue();
    node.ledger().receive(delete("y", 30), from, null);
    assertThat(node.tables().recordedHere(Lane.LIFECYCLE, "y")).isFalse();
  }

  @Test
  void aNodeOwesTheWholeChainThatBroughtADeleteIntoEffect() {
    var from = new Origin("n2", "e2", 1);
    node.ledger().apply(content("x", 10, "t"));
    node.ledger().receive(content("z", 20, "u"), from, null);
    node.ledger().receive(delete("y", 30, "z"), from, null);
    node.ledger().receive(delete("x", 40, "y"), from, null);
    assertThat(node.tables().content("x")).isEmpty();
    assertThat(node.tables().recordedHere(Lane.LIFECYCLE, "x")).isTrue();
    assertThat(node.tables().recordedHere(Lane.LIFECYCLE, "y")).isTrue();
    assertThat(node.tables().recordedHere(Lane.CONTENT, "z")).isTrue();
  }

  @Test
  void aConsensusIsReachedByTheVoteThatIsLastByItsStampInEveryOrder() {
    var pending = pending("p", toStore("x", null), 2);
    var orders =
        inEveryOrder(
            pending,
            vote("p", "ann", true, 20),
            vote("p", "Ann", true, 25),
            vote("p", "bob", true, 30));
    for (var replica : orders) {
      assertThat(replica.tables().content("x").orElseThrow().stamp()).isEqualTo(stamp(30));
    }
  }

  @Test
  void anEditThatIsLaterThanThePromotionStands() {
    var edit = edit("m", 30, "u", Seen.NOTHING.with(stamp(10)));
    node.receive(content("m", 10, "t"), edit);
    node.receive(pending("p", new Action.Promote("m"), 1), vote("p", "ann", true, 20));
    assertThat(node.tables().content("m")).contains(edit);
  }

  @Test
  void anEditOfAnApprovedMemoryIsNotDoneAgain() {
    node.receive(pending("p", toStore("x", null), 1), vote("p", "ann", true, 20));
    var edit = edit("x", 25, "u", Seen.NOTHING.with(stamp(20)));
    node.receive(edit);
    node.receive(vote("p", "bob", true, 30));
    assertThat(node.tables().content("x")).contains(edit);
    assertThat(node.state().changes()).noneMatch(change -> change.startsWith("LOST"));
  }

  @Test
  void anApprovalThatIsHeardOfLateDoesNotUndoAnEdit() {
    var edit = edit("x", 25, "u", Seen.NOTHING.with(stamp(20)));
    node.receive(edit);
    node.receive(pending("p", toStore("x", null), 1), vote("p", "bob", true, 30));
    assertThat(node.tables().content("x")).contains(edit);
  }

  @Test
  void twoApprovalsOnTwoNodesMakeOneMemory() {
    var pending = pending("p", toStore("x", 60L), 1);
    var one = Replica.inMemory("r1", NOW);
    var other = Replica.inMemory("r2", NOW + 77);
    one.receive(pending, vote("p", "ann", true, 20));
    other.receive(pending, vote("p", "bob", true, 21));
    for (var round = 0; round < 2; round++) {
      other.receive(one.state().registers().values());
      one.receive(other.state().registers().values());
    }
    assertThat(one.shared()).isEqualTo(other.shared());
    assertThat(one.state().views()).containsOnlyKeys("x");
  }

  @Test
  void whatWasDeletedInBetweenStaysDeleted() {
    node.receive(content("m", 10, "t"), delete("m", 15), delete("x", 16));
    node.receive(pending("p", new Action.Promote("m"), 1), vote("p", "ann", true, 20));
    node.receive(pending("q", new Action.Delete("m"), 1), vote("q", "ann", true, 21));
    node.receive(vote("r", "ann", true, 22), pending("r", toStore("x", null), 1));
    assertThat(node.state().views()).isEmpty();
    assertThat(node.tables().lifecycle("m")).contains(delete("m", 15));
  }

  @Test
  void aDeleteErasesTheRequestThatMadeTheMemory() {
    var pending = pending("p", toStore("x", null), 1);
    node.receive(pending, vote("p", "ann", true, 20));
    assertThat(node.tables().pending("p")).contains(pending);
    node.receive(delete("x", 30));
    assertThat(node.tables().pending("p")).isEmpty();
    assertThat(node.receive(pending)).isFalse();
    assertThat(node.state().changes()).noneMatch(change -> change.startsWith("PENDING"));
  }

  @Test
  void anApprovalOvertakesARejectionAndARejectedActionIsNotDone() {
    var pending = pending("p", toStore("x", null), 1);
    node.receive(pending, vote("p", "ann", false, 20));
    assertThat(node.state().views()).isEmpty();
    node.receive(vote("p", "bob", true, 30));
    assertThat(node.tables().content("x").orElseThrow().stamp()).isEqualTo(stamp(30));
  }

  @Test
  void aVoteAfterTheExpiryDoesNothing() {
    node.receive(pending("p", toStore("x", null), 1), vote("p", "ann", true, 900));
    assertThat(node.state().views()).isEmpty();
  }

  @Test
  void anApprovedMemoryJoinsTheOneThatHasItsTitle() {
    node.receive(content("m", 10, "requested"));
    node.receive(pending("p", toStore("x", null), 1), vote("p", "ann", true, 20));
    assertThat(node.tables().alias("m", "x")).isPresent();
    assertThat(node.tables().liveUnder("global", "requested", NOW)).hasSize(1);
  }

  @Test
  void anActionThatThisVersionCannotReadIsKeptAndNotDone() {
    for (var payload : List.of("{}", "[]", "x", "{\"action\":\"store\"}", "{\"action\":\"fly\"}")) {
      var pending = PendingAction.of("p" + payload, stamp(5), payload, 1, 900);
      node.receive(pending, vote(pending.id(), "ann", true, 20));
      assertThat(node.tables().pending(pending.id())).contains(pending);
    }
    assertThat(node.state().views()).isEmpty();
  }

  /// Nodes with clocks of their own, each of which got the registers in another order, one by one.
  private static List<Replica> inEveryOrder(Register... registers) {
    var replicas = new ArrayList<Replica>();
    for (var order : orders(List.of(registers))) {
      var number = replicas.size();
      var replica = Replica.inMemory("r" + number, NOW + 1_000L * number);
      order.forEach(replica::receive);
      replicas.add(replica);
    }
    assertThat(replicas.stream().map(Replica::shared).distinct()).hasSize(1);
    return replicas;
  }

  private static List<List<Register>> orders(List<Register> registers) {
    if (registers.isEmpty()) return List.of(List.of());
    var orders = new ArrayList<List<Register>>();
    for (var first : registers) {
      var others = new ArrayList<>(registers);
      others.remove(first);
      for (var rest : orders(others)) {
        var order = new ArrayList<>(List.of(first));
        order.addAll(rest);
        orders.add(order);
      }
    }
    return orders;
  }

  private static PendingAction pending(String id, Action.What what, int approvals) {
    var action = new Action(what, "global", "ann", new Approver.Human());
    return PendingAction.of(id, stamp(5), action.payload(), approvals, 900);
  }

  private static Vote vote(String pending, String voter, boolean approve, long millis) {
    return Vote.of(pending, voter, approve, stamp(millis));
  }

  private static Action.What toStore(String id, @Nullable Long lifeSeconds) {
    return new Action.Store(requested(id), lifeSeconds);
  }

  private static Memory requested(String id) {
    return AnyMemory.plain(id, "requested", "words", at(5));
  }

  private static Instant at(long millis) {
    return Instant.ofEpochMilli(millis);
  }

  private View view(String id) {
    return Objects.requireNonNull(node.state().views().get(id));
  }

  private Shown shown(String id) {
    return view(id).shown();
  }

  private long expiry(String id) {
    return view(id).expiresMillis();
  }

  private static String dump(ContentRegister content) {
    return Lane.LOST + " " + new LostContent(content).key();
  }

  private static ContentRegister content(String id, long millis, String title) {
    return edit(id, millis, title, Seen.NOTHING);
  }

  private static ContentRegister edit(String id, long millis, String title, Seen seen) {
    var memory = AnyMemory.plain(id, title, "words", Instant.ofEpochMilli(1));
    return ContentRegister.of(id, stamp(millis), seen, Body.write(memory));
  }

  private static ContentRegister created(String id, long millis, long created, String title) {
    var memory = AnyMemory.plain(id, title, "words", Instant.ofEpochMilli(created));
    return ContentRegister.of(id, stamp(millis), Seen.NOTHING, Body.write(memory));
  }

  private static ContentRegister expiring(String id, long millis, String title, long expires) {
    var memory =
        AnyMemory.plain(id, title, "words", Instant.ofEpochMilli(1))
            .withExpiry(Instant.ofEpochMilli(expires));
    return ContentRegister.of(id, stamp(millis), Seen.NOTHING, Body.write(memory));
  }

  private static LifecycleRegister turn(String id, long millis, State state) {
    return LifecycleRegister.of(id, stamp(millis), state, "why", List.of());
  }

  private static LifecycleRegister delete(String id, long millis, String... successors) {
    return LifecycleRegister.of(id, stamp(millis), State.DELETED, "", List.of(successors));
  }

  private static AliasFact alias(String a, long aCreated, String b, long bCreated) {
    return AliasFact.of(a, text(aCreated), b, text(bCreated), stamp(5));
  }

  private static EmbeddingRegister embedding(String id, long contentMillis) {
    return EmbeddingRegister.of(id, stamp(contentMillis), stamp(99), "mini", 1, "AACAPw==");
  }

  private static String text(long millis) {
    return Timestamps.render(Instant.ofEpochMilli(millis));
  }

  /// The stamp of what a vote of that moment makes of a content.
  private static Stamp promotionOf(ContentRegister content, long millis) {
    return stamp(millis).derived(content.stamp(), content.hash().toString().substring(0, 8));
  }

  private static Stamp stamp(long millis) {
    return Stamp.of(millis, 0, "n1");
  }
}
