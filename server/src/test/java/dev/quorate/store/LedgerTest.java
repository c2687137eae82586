package dev.quorate.store;

import static dev.quorate.store.Registers.alias;
import static dev.quorate.store.Registers.content;
import static dev.quorate.store.Registers.created;
import static dev.quorate.store.Registers.delete;
import static dev.quorate.store.Registers.edit;
import static dev.quorate.store.Registers.expiring;
import static dev.quorate.store.Registers.stamp;
import static dev.quorate.store.Registers.turn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.merge.ContentRegister;
import dev.quorate.merge.Lane;
import dev.quorate.merge.LifecycleRegister.State;
import dev.quorate.merge.LinkRegister;
import dev.quorate.merge.LostContent;
import dev.quorate.merge.Seen;
import dev.quorate.merge.Vote;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// How a register is merged, recorded and shown, rule by rule.
class LedgerTest {
  private static final long NOW = 1_000;

  private final Replica node = Replica.inMemory("r1", NOW);

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
}
