package dev.quorate.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.merge.LinkRegister;
import dev.quorate.quorum.Miss;
import dev.quorate.quorum.QuorumPolicy;
import dev.quorate.quorum.Verdict;
import dev.quorate.time.Stamp;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Receipts of mutations that made nothing, and only found what was there.
class FoundNotMadeTest {
  private static final String PEER = "peer";

  private final Operations operations =
      new Operations(new QuorumPolicy(2, 2, 2_000), "self", Set.of(PEER));

  private static Parcel parcel(String source, long sequence) {
    var register = LinkRegister.of(source, "z", "related_to", Stamp.of(1, 0, "self"), true, "");
    return new Parcel(register, sequence);
  }

  private static Batch batch(long after, long upTo, boolean complete, Parcel... parcels) {
    return new Batch(after, upTo, complete, List.of(parcels));
  }

  @Test
  void aBatchThatWasCutDoesNotShowThatThePeerHoldsWhatWasFound() {
    // What it found under number 1 changed again and has number 3 now, behind the cut.
    var found = operations.begin(List.of(), 2, 0);

    operations.delivered(PEER, batch(0, 2, false, parcel("b", 2)), List.of());
    assertThat(found.met()).isFalse();

    operations.delivered(PEER, batch(2, 3, true, parcel("a", 3)), List.of());
    assertThat(found.met()).isTrue();
  }

  @Test
  void aPeerThatRefusedSomethingMayLackWhatWasFound() {
    var before = operations.begin(List.of(), 2, 0);
    var skip = new Outcome.Skip(0, "too long");

    operations.delivered(PEER, batch(0, 2, true, parcel("a", 1), parcel("b", 2)), List.of(skip));
    var after = operations.begin(List.of(), 2, 0);

    for (var found : List.of(before, after)) {
      assertThat(found.verdict())
          .isInstanceOfSatisfying(
              Verdict.NotMet.class, missed -> assertThat(missed.reason()).isEqualTo(Miss.REFUSED));
    }
    var first = parcel("a", 1).register();
    operations.released(PEER, first.lane(), first.key());
    assertThat(before.met()).isTrue();
    assertThat(after.met()).isTrue();
  }

  @Test
  void whatWasFoundBeforeAPeerRefusedAnythingIsHeldStill() {
    operations.delivered(PEER, batch(0, 1, true, parcel("a", 1)), List.of());
    var skip = new Outcome.Skip(0, "too long");
    operations.delivered(PEER, batch(1, 2, true, parcel("b", 2)), List.of(skip));

    assertThat(operations.begin(List.of(), 1, 0).met()).isTrue();
    assertThat(operations.begin(List.of(), 2, 0).met()).isFalse();
  }

  @Test
  void whereOneMadeAChangeAndAnotherFoundMoreNobodyIsToldTooMuch() {
    var first = parcel("a", 1);
    var second = parcel("b", 2);
    var makes = operations.begin(List.of(Parcels.made(second.register(), 2)), 2, 0);
    var finds =
        operations.begin(
            List.of(Parcels.made(first.register(), 1), Parcels.made(second.register(), 2)), 2, 0);
    // What it found under number 1 changed again, behind the cut.
    operations.delivered(PEER, batch(0, 2, false, second), List.of());

    assertThat(makes.met()).isTrue();
    assertThat(finds.met()).isFalse();
    assertThat(operations.find(2)).contains(finds);
  }

  @Test
  void toAskHowItStandsIsNotRemembered() {
    assertThat(operations.judge(2, 0).verdict()).isInstanceOf(Verdict.NotMet.class);
    assertThat(operations.find(2)).isEmpty();
    operations.delivered(PEER, batch(0, 2, true, parcel("a", 1), parcel("b", 2)), List.of());
    assertThat(operations.judge(2, 0).verdict()).isInstanceOf(Verdict.Met.class);
  }
}
