package dev.quorate.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.merge.Lane;
import dev.quorate.merge.LifecycleRegister;
import dev.quorate.merge.LifecycleRegister.State;
import dev.quorate.store.Quarantined;
import dev.quorate.time.Stamp;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// When what a peer does not take is sent to it again.
class SetAsideTest {
  private static final long NOW = 1_800_000_000_000L;
  private static final Stamp STAMP = Stamp.at(Instant.ofEpochMilli(NOW + 90_000), "a");
  private static final Parcel PARCEL =
      new Parcel(LifecycleRegister.of("m", STAMP, State.DELETED, "", List.of()), 1);

  /// The peer was greeted, sent one item and skipped it.
  private static PeerState skipping(String reason) {
    var state = new PeerState();
    state.made(1);
    state.greeted(new PeerState.Identity("b", "epoch", true), 0, Long.MAX_VALUE, NOW);
    var skip = new Outcome.Held(List.of(new Outcome.Skip(0, reason)));
    var progress = state.answered(new Batch(0, 1, true, List.of(PARCEL)), skip, NOW, 0.5);
    assertThat(progress.cursor()).isEqualTo(1);
    assertThat(progress.aside()).hasSize(1);
    assertThat(progress.aside().getFirst().reason()).isEqualTo(reason);
    return state;
  }

  @Test
  void whatArrivedDamagedIsSentAgainSoon() {
    var state = skipping("damaged: its canonical bytes do not have the hash that was sent");
    assertThat(state.next(NOW)).isEqualTo(new Step.Rest(NOW + Backoff.MOST_MILLIS));
    assertThat(state.next(NOW + Backoff.MOST_MILLIS)).isEqualTo(new Step.SendAside());
  }

  @Test
  void whatIsAheadOfThePeersClockIsSentAgainWhenItsTimeHasCome() {
    var state = skipping(PeerState.CLOCK_AHEAD);
    assertThat(state.next(NOW + 89_000)).isEqualTo(new Step.Rest(NOW + 90_000));
    assertThat(state.next(NOW + 90_000)).isEqualTo(new Step.SendAside());
  }

  @Test
  void whatWasBadAndIsNowAheadOfThePeersClockIsSentAgainByItself() {
    var bad = new Quarantined("b", Lane.LIFECYCLE, "m", "bad_request", Long.MAX_VALUE, NOW);
    var soon = NOW + Backoff.MOST_MILLIS;
    assertThat(PeerState.retryAgainAt(bad, PeerState.CLOCK_AHEAD, NOW)).isEqualTo(soon);
    assertThat(PeerState.retryAgainAt(bad, "damaged: it has another hash", NOW)).isEqualTo(soon);
    assertThat(PeerState.retryAgainAt(bad, "bad_request", NOW)).isEqualTo(Long.MAX_VALUE);
    var early = new Quarantined("b", Lane.LIFECYCLE, "m", "bad_request", NOW, NOW);
    assertThat(PeerState.retryAgainAt(early, "bad_request", NOW)).isEqualTo(soon);
  }

  @Test
  void whatBreaksARuleIsNoObstacleAndIsSentAgainWhenSomebodyAsks() {
    var state = skipping("title cannot be empty");
    assertThat(state.next(NOW)).isEqualTo(new Step.Rest(Long.MAX_VALUE));
    state.made(2);
    assertThat(state.next(NOW)).isEqualTo(new Step.Send(1, PeerState.UNITS_MAX));
    state.retryAside(NOW);
    assertThat(state.next(NOW)).isEqualTo(new Step.SendAside());
  }
}
