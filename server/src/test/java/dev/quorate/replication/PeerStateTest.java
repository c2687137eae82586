package dev.quorate.replication;

import static dev.quorate.replication.Parcels.batchOf;
import static dev.quorate.replication.Parcels.content;
import static dev.quorate.replication.Parcels.parcel;
import static dev.quorate.replication.Parcels.whole;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.merge.Lane;
import dev.quorate.quorum.Miss;
import dev.quorate.replication.PeerState.Identity;
import dev.quorate.store.Quarantined;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a link does next, after whatever became of its last message. Chance is 1 throughout, so
/// that a rest is as long as it can be.
class PeerStateTest {
  private static final long NEVER = Long.MAX_VALUE;
  private static final double CHANCE = 1;
  private static final Outcome UNREACHABLE = new Outcome.Unreachable("no route");
  private static final Outcome HELD = new Outcome.Held(List.of());
  private static final Identity PEER = new Identity("n2", "e2", true);

  private final PeerState state = new PeerState();
  private long now = 10_000;

  @Test
  void aPeerIsGreetedBeforeAnythingIsSent() {
    state.made(5);
    assertThat(step()).isEqualTo(new Step.Greet());
    state.greeted(PEER, 2, NEVER, now);
    assertThat(step()).isEqualTo(new Step.Send(2, PeerState.UNITS_MAX));
    assertThat(state.identity()).contains(PEER);
    assertThat(state.cursor()).isEqualTo(2);
  }

  @Test
  void aPeerThatHasEverythingIsLeftInPeaceUntilSomethingIsMade() {
    state.made(5);
    greet(5);
    assertThat(step()).isEqualTo(new Step.Rest(NEVER));
    assertThat(state.behind()).isFalse();
    state.made(6);
    assertThat(step()).isEqualTo(new Step.Send(5, PeerState.UNITS_MAX));
    state.made(4);
    assertThat(step()).isEqualTo(new Step.Send(5, PeerState.UNITS_MAX));
  }

  @Test
  void theCursorMovesWithWhatThePeerHoldsAndNeverBack() {
    greetBehind();
    assertThat(state.answered(whole(0, 7), HELD, now, CHANCE))
        .isEqualTo(new Progress(7, List.of(), Optional.of(HELD)));
    assertThat(state.answered(whole(0, 3), HELD, now, CHANCE).cursor()).isEqualTo(7);
    assertThat(step()).isEqualTo(new Step.Send(7, PeerState.UNITS_MAX));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void noFailureMovesTheCursorOrSetsAnythingAside(Outcome outcome) {
    greetBehind();
    assertThat(state.answered(batchOf(3), outcome, now, CHANCE))
        .isEqualTo(new Progress(0, List.of(), Optional.of(outcome)));
    assertThat(state.cursor()).isZero();
    assertThat(state.trouble()).contains(outcome);
  }

  static Stream<Outcome> failures() {
    return Stream.of(
        UNREACHABLE,
        new Outcome.TimedOut(),
        new Outcome.IdDrift(),
        new Outcome.Replayed(),
        new Outcome.OtherVersion("version 9"),
        new Outcome.Throttled(12_000),
        new Outcome.Refused(401, "peer_not_enrolled"),
        new Outcome.Refused(403, "forbidden"),
        new Outcome.Refused(404, "not found"),
        new Outcome.Failed(500, "internal"),
        new Outcome.Failed(503, "overloaded"));
  }

  @Test
  void theRestDoublesWithEachFailureUpToHalfAMinute() {
    greetBehind();
    for (var rest : List.of(250, 500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000)) {
      fail(new Outcome.Refused(403, "not enrolled"));
      assertThat(step()).isEqualTo(new Step.Rest(now + rest));
      now += rest - 1;
      assertThat(step()).isEqualTo(new Step.Rest(now + 1));
      now++;
      assertThat(step()).isEqualTo(new Step.Send(0, PeerState.UNITS_MAX));
    }
    assertThat(state.failures()).isEqualTo(9);
  }

  @Test
  void theRestIsShortAgainAfterASuccess() {
    greetBehind();
    for (var failures = 0; failures < 5; failures++) fail(new Outcome.Refused(403, "no"));
    state.answered(whole(0, 3), HELD, now, CHANCE);
    assertThat(state.failures()).isZero();
    assertThat(state.trouble()).isEmpty();
    assertThat(step()).isInstanceOf(Step.Send.class);
    fail(new Outcome.Refused(403, "no"));
    assertThat(step()).isEqualTo(new Step.Rest(now + 250));
  }

  @Test
  void whoGreetsButFailsWhateverItIsSentIsSentItEverMoreRarely() {
    greetBehind();
    for (var rest : List.of(250, 500, 1_000, 2_000, 4_000)) {
      fail(new Outcome.Failed(500, "disk full"));
      assertThat(step()).isEqualTo(new Step.Rest(now + rest));
      now += rest;
      assertThat(step()).isEqualTo(new Step.Greet());
      state.greeted(PEER, 0, NEVER, now);
      assertThat(step()).isInstanceOf(Step.Send.class);
    }
    state.answered(whole(0, 3), HELD, now, CHANCE);
    assertThat(state.failures()).isZero();
  }

  @Test
  void whoGreetsAfterAnOutageAndLacksNothingIsThereAgain() {
    greet(0);
    fail(UNREACHABLE);
    greet(0);
    assertThat(state.failures()).isZero();
    assertThat(state.trouble()).isEmpty();
    assertThat(step()).isEqualTo(new Step.Rest(NEVER));
  }

  @Test
  void aWaitingWriteProbesARestingPeerAtMostEachQuarterSecond() {
    greetBehind();
    for (var failures = 0; failures < 6; failures++) fail(new Outcome.Refused(403, "no"));
    for (var probe = 0; probe < 4; probe++) {
      var attempted = now;
      state.want();
      assertThat(step()).isEqualTo(new Step.Rest(attempted + 250));
      now += 249;
      assertThat(step()).isEqualTo(new Step.Rest(attempted + 250));
      now++;
      assertThat(step()).isInstanceOf(Step.Send.class);
      fail(new Outcome.Refused(403, "no"));
    }
  }

  @Test
  void whenNoWriteWaitsThePeerIsNotProbed() {
    greetBehind();
    for (var failures = 0; failures < 6; failures++) fail(new Outcome.Refused(403, "no"));
    assertThat(step()).isEqualTo(new Step.Rest(now + 8_000));
    state.want();
    now += 250;
    assertThat(step()).isInstanceOf(Step.Send.class);
    fail(new Outcome.Refused(403, "no"));
    now += 250;
    assertThat(step()).isEqualTo(new Step.Rest(now - 250 + 16_000));
  }

  @Test
  void aProbeIsNeverLaterThanTheEndOfTheRest() {
    greetBehind();
    fail(new Outcome.Refused(403, "no"));
    now += 200;
    state.want();
    assertThat(step()).isEqualTo(new Step.Rest(now + 50));
  }

  @Test
  void aMessageOfThePeerEndsItsRest() {
    greetBehind();
    for (var failures = 0; failures < 8; failures++) fail(new Outcome.Refused(403, "no"));
    now += 10;
    state.heard(now);
    assertThat(state.heardAt()).isEqualTo(now);
    assertThat(step()).isInstanceOf(Step.Send.class);
    assertThat(state.failures()).isEqualTo(8);
  }

  @Test
  void aPeerThatWasLostIsGreetedAnewForItMayBeAnother() {
    for (var lost : List.of(UNREACHABLE, new Outcome.TimedOut(), new Outcome.Failed(502, "gone"))) {
      greetBehind();
      fail(lost);
      now += 30_000;
      assertThat(step()).isEqualTo(new Step.Greet());
    }
  }

  @Test
  void aPeerThatMerelyRefusesIsNotGreetedAnew() {
    var refusals =
        List.of(new Outcome.Refused(403, "no"), new Outcome.IdDrift(), new Outcome.Replayed());
    for (var refusal : refusals) {
      greetBehind();
      fail(refusal);
      now += 30_000;
      assertThat(step()).isInstanceOf(Step.Send.class);
    }
  }

  @Test
  void whatAnotherStoreAnswersCountsForNothingAndThePeerIsGreetedAnew() {
    state.made(9);
    greet(4);
    assertThat(state.announced("e2")).isTrue();
    assertThat(step()).isEqualTo(new Step.Send(4, PeerState.UNITS_MAX));
    assertThat(state.announced("e3")).isFalse();
    assertThat(state.identity()).isEmpty();
    assertThat(step()).isEqualTo(new Step.Greet());
    // The answer to what was on its way meanwhile, from the store that was greeted or not.
    assertThat(state.announced("e2")).isFalse();
    state.greeted(new Identity("n2", "e3", true), 0, NEVER, now);
    assertThat(step()).isEqualTo(new Step.Send(0, PeerState.UNITS_MAX));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 413})
  void aBatchThatIsNotTakenIsHalvedUntilOneOperationIsLeft(int status) {
    greetBehind();
    var refused = new Outcome.Refused(status, "no");
    var sizes = List.of(500, 250, 125, 62, 31, 15, 7, 3, 1);
    var size = 1_000;
    for (var half : sizes) {
      assertThat(state.answered(batchOf(size), refused, now, CHANCE))
          .isEqualTo(new Progress(0, List.of(), Optional.empty()));
      assertThat(step()).isEqualTo(new Step.Send(0, half));
      assertThat(state.failures()).isZero();
      size = half;
    }
  }

  @Test
  void aSmallBatchIsHalvedFromItsOwnSize() {
    greetBehind();
    state.answered(batchOf(10), new Outcome.Refused(400, "no"), now, CHANCE);
    assertThat(step()).isEqualTo(new Step.Send(0, 5));
  }

  @Test
  void aBatchGrowsAgainWithEachOneThatIsTaken() {
    greetBehind();
    state.answered(batchOf(4), new Outcome.Refused(400, "no"), now, CHANCE);
    for (var size : List.of(4, 8, 16, 32, 64, 128, 256, 512, 1_000, 1_000)) {
      state.answered(whole(0, 0), HELD, now, CHANCE);
      assertThat(step()).isEqualTo(new Step.Send(0, size));
    }
  }

  @Test
  void theOneOperationThatThePeerCannotReadIsSetAsideAndTheNextIsSent() {
    greetBehind();
    var unreadable = whole(0, 1, parcel(content("m", 5), 1));
    var progress = state.answered(unreadable, new Outcome.Refused(400, "bad tier"), now, CHANCE);
    assertThat(progress)
        .isEqualTo(
            new Progress(
                1,
                List.of(new Quarantined("n2", Lane.CONTENT, "m", "bad tier", NEVER, now)),
                Optional.of(new Outcome.Held(List.of(new Outcome.Skip(0, "bad tier"))))));
    assertThat(step()).isEqualTo(new Step.Send(1, PeerState.UNITS_MAX));
    assertThat(state.failures()).isZero();
  }

  @Test
  void allOfAnOperationIsSetAsideWhenItTravelsTogether() {
    greetBehind();
    state.answered(batchOf(2), new Outcome.Refused(400, "no"), now, CHANCE);
    assertThat(step()).isEqualTo(new Step.Send(0, 1));
    var together = whole(0, 2, parcel(content("a", 1), 1), parcel(content("b", 2), 2));
    var progress = state.answered(together, new Outcome.Refused(400, "no"), now, CHANCE);
    assertThat(progress.aside()).extracting(Quarantined::key).containsExactly("a", "b");
    assertThat(progress.cursor()).isEqualTo(2);
    var skips = List.of(new Outcome.Skip(0, "no"), new Outcome.Skip(1, "no"));
    assertThat(progress.told()).contains(new Outcome.Held(skips));
  }

  @Test
  void anOperationThatIsTooLargeStopsTheLinkAndIsNotSetAside() {
    greetBehind();
    var large = whole(0, 1, parcel(content("m", 5), 1));
    var progress = state.answered(large, new Outcome.Refused(413, "too large"), now, CHANCE);
    assertThat(progress.cursor()).isZero();
    assertThat(progress.aside()).isEmpty();
    assertThat(progress.told()).contains(new Outcome.Refused(413, "too large"));
    assertThat(state.failures()).isEqualTo(1);
    assertThat(step()).isEqualTo(new Step.Rest(now + 250));
  }

  @Test
  void anotherVersionIsNoFaultOfTheBatch() {
    greetBehind();
    var other = new Outcome.OtherVersion("this node does not speak version 9 of the protocol");
    for (var batch : List.of(batchOf(8), batchOf(1))) {
      assertThat(state.answered(batch, other, now, CHANCE))
          .isEqualTo(new Progress(0, List.of(), Optional.of(other)));
      now += 30_000;
      assertThat(step()).isEqualTo(new Step.Greet());
      state.greeted(PEER, 0, NEVER, now);
      assertThat(step()).isEqualTo(new Step.Send(0, PeerState.UNITS_MAX));
    }
    assertThat(state.failures()).isEqualTo(2);
    assertThat(other.retryable()).isFalse();
  }

  @Test
  void aReplayedNonceIsNoFaultOfTheBatchEither() {
    greetBehind();
    var replayed = new Outcome.Replayed();
    assertThat(replayed.retryable()).isTrue();
    state.answered(batchOf(8), replayed, now, CHANCE);
    now += 250;
    assertThat(step()).isEqualTo(new Step.Send(0, PeerState.UNITS_MAX));
  }

  @Test
  void aPeerThatIsThrottledIsLeftInPeaceUntilItsTime() {
    greetBehind();
    fail(new Outcome.Throttled(now + 60_000));
    assertThat(step()).isEqualTo(new Step.Rest(now + 60_000));
    now += 60_000;
    assertThat(step()).isInstanceOf(Step.Send.class);
  }

  @Test
  void aThrottleWithoutATimeRestsAMomentAllTheSame() {
    greetBehind();
    fail(new Outcome.Throttled(now));
    assertThat(step()).isEqualTo(new Step.Rest(now + 250));
  }

  @Test
  void whatThePeerSkipsIsSetAsideByItsPlaceAndTheRestIsHeld() {
    greetBehind();
    var held = new Outcome.Held(List.of(new Outcome.Skip(1, "too large")));
    var progress = state.answered(batchOf(3), held, now, CHANCE);
    assertThat(progress)
        .isEqualTo(
            new Progress(
                3,
                List.of(new Quarantined("n2", Lane.CONTENT, "m2", "too large", NEVER, now)),
                Optional.of(held)));
    assertThat(step()).isEqualTo(new Step.Send(3, PeerState.UNITS_MAX));
  }

  @Test
  void whatIsAheadOfThePeersClockIsDueWhenItsTimeHasCome() {
    state.made(1);
    greet(0);
    var ahead = now + 100_000;
    var batch = whole(0, 1, parcel(content("m", ahead), 1));
    var skip = new Outcome.Skip(0, PeerState.CLOCK_AHEAD);
    var progress = state.answered(batch, new Outcome.Held(List.of(skip)), now, CHANCE);
    assertThat(progress.aside()).extracting(Quarantined::retryMillis).containsExactly(ahead);
    assertThat(step()).isEqualTo(new Step.Rest(ahead));
    now = ahead;
    assertThat(step()).isEqualTo(new Step.SendAside());
  }

  @Test
  void whatArrivedDamagedIsDueSoonAndAnythingElseWhenSomebodyAsks() {
    var parcel = parcel(content("m", 5), 1);
    assertThat(PeerState.retryAt(parcel, "damaged", now)).isEqualTo(now + 30_000);
    assertThat(PeerState.retryAt(parcel, PeerState.CLOCK_AHEAD, now)).isEqualTo(now + 30_000);
    assertThat(PeerState.retryAt(parcel, "no such namespace", now)).isEqualTo(NEVER);
  }

  @Test
  void whatWasSetAsideGoesBeforeWhatIsNewAndIsDueAgainAtTheNextTime() {
    state.made(5);
    state.greeted(PEER, 0, now, now);
    assertThat(step()).isEqualTo(new Step.SendAside());
    state.asideSent(now + 500, now);
    assertThat(step()).isInstanceOf(Step.Send.class);
    now += 500;
    assertThat(step()).isEqualTo(new Step.SendAside());
  }

  @Test
  void whatWasSetAsideIsSentWhenSomebodyAsks() {
    greet(0);
    assertThat(step()).isEqualTo(new Step.Rest(NEVER));
    state.retryAside(now);
    assertThat(step()).isEqualTo(new Step.SendAside());
    state.asideSent(NEVER, now);
    assertThat(step()).isEqualTo(new Step.Rest(NEVER));
  }

  @Test
  void whoWaitedIsToldTheReasonOfEachFailure() {
    assertThat(UNREACHABLE.miss()).isEqualTo(Miss.UNREACHABLE);
    assertThat(new Outcome.TimedOut().miss()).isEqualTo(Miss.TIMEOUT);
    assertThat(new Outcome.IdDrift().miss()).isEqualTo(Miss.ID_DRIFT);
    var refusals =
        List.of(
            new Outcome.Refused(403, "no"),
            new Outcome.Throttled(1),
            new Outcome.Failed(500, "no"),
            HELD);
    assertThat(refusals).extracting(Outcome::miss).containsOnly(Miss.REFUSED);
  }

  @ParameterizedTest
  @MethodSource("failures")
  void onlyWhatMayPassInAMomentIsTriedOnceMore(Outcome outcome) {
    var passing =
        switch (outcome) {
          case Outcome.Unreachable _, Outcome.TimedOut _, Outcome.Replayed _, Outcome.Failed _ ->
              true;
          case Outcome.Held _,
              Outcome.IdDrift _,
              Outcome.OtherVersion _,
              Outcome.Refused _,
              Outcome.Throttled _ ->
              false;
        };
    assertThat(outcome.retryable()).isEqualTo(passing);
  }

  @Test
  void aClockThatIsSetBackProlongsNoRest() {
    var hour = 3_600_000L;
    now = 2 * hour;
    state.made(5);
    step();
    state.failed(UNREACHABLE, now, CHANCE);
    assertThat(step()).isEqualTo(new Step.Rest(now + Backoff.FIRST_MILLIS));
    now -= hour;
    assertThat(step()).isEqualTo(new Step.Rest(now + Backoff.FIRST_MILLIS));
    now += Backoff.FIRST_MILLIS;
    assertThat(step()).isEqualTo(new Step.Greet());
  }

  @Test
  void aClockThatIsSetBackKeepsNobodyFromLookingForAPeerThatAWriteWaitsFor() {
    var hour = 3_600_000L;
    now = 2 * hour;
    state.made(5);
    for (var failure = 0; failure < 10; failure++) state.failed(UNREACHABLE, now, CHANCE);
    state.attempting(now);
    now -= hour;
    state.want();
    step();
    now += 250;
    assertThat(step()).isEqualTo(new Step.Greet());
  }

  @Test
  void aPeerThatAnswersUnderChangingEpochsIsNotGreetedWithoutAPause() {
    greetBehind();
    assertThat(state.announced("e3")).isFalse();
    assertThat(step()).isEqualTo(new Step.Greet());
    greetBehind();
    assertThat(state.announced("e3")).isFalse();
    assertThat(step()).isEqualTo(new Step.Rest(now + Backoff.FIRST_MILLIS));
    now += Backoff.FIRST_MILLIS;
    assertThat(step()).isEqualTo(new Step.Greet());
  }

  @Test
  void anAnswerThatMakesNoSenseIsNotAskedForAgain() {
    assertThat(new Outcome.Failed(200, "no sense").retryable()).isFalse();
  }

  private void greet(long confirmed) {
    state.attempting(now);
    state.greeted(PEER, confirmed, NEVER, now);
  }

  private void greetBehind() {
    state.made(100_000);
    greet(0);
  }

  private void fail(Outcome outcome) {
    state.attempting(now);
    state.answered(batchOf(3), outcome, now, CHANCE);
  }

  private Step step() {
    return state.next(now);
  }
}
