package dev.quorate.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// How many writes are let through at once, against peers that take them one batch after the other.
class WriteWindowTest {
  private static final long TIMEOUT = 2_000;
  private static final int CLIENTS = 64;

  private final WriteWindow window = new WriteWindow(TIMEOUT);
  private long now = 1;

  @Test
  void writesThatShareTooLittleAreHeldBackUntilEachComesInTime() {
    // All sixty-four at once would take 3.4 seconds, and each would miss its quorum.
    assertThat(run(100, 50, 4_000).subList(1_000, 4_000)).allMatch(took -> took < TIMEOUT);
    assertThat(window.size()).isBetween(10, 30);
  }

  @Test
  void nobodyIsHeldBackWherePeersAreQuick() {
    run(10, 1, 1_000);
    assertThat(window.size()).isGreaterThanOrEqualTo(CLIENTS);
  }

  @Test
  void peersThatHaveBecomeQuickAreUsedAgain() {
    run(100, 50, 4_000);
    var narrow = window.size();
    run(10, 1, 5_000);
    assertThat(window.size()).isGreaterThan(CLIENTS).isGreaterThan(narrow);
  }

  @Test
  void aQuorumThatIsNeverReachedHoldsNobodyBack() {
    for (var i = 0; i < 500; i++) window.enter(now);
    for (var i = 0; i < 500; i++) window.leave();
    assertThat(window.size()).isEqualTo(WriteWindow.SIZE_MAX);
  }

  @Test
  void whereNothingArrivesAnyMoreTheNarrowestIsOpenToo() {
    run(60_000, 1, 1_000);
    for (var i = 0; i < WriteWindow.SIZE_MIN; i++) window.enter(now);
    assertThat(window.open(now + 2 * TIMEOUT - 1)).isFalse();
    assertThat(window.open(now + 2 * TIMEOUT)).isTrue();
    window.reached(1, now + 2 * TIMEOUT);
    window.enter(now);
    window.enter(now);
    assertThat(window.open(now + 2 * TIMEOUT)).isFalse();
  }

  @Test
  void aClockThatWasSetBackSaysNothing() {
    run(60_000, 1, 1_000);
    for (var i = 0; i < WriteWindow.SIZE_MIN; i++) window.enter(now);
    window.reached(-3_600_000, now);
    assertThat(window.size()).isEqualTo(WriteWindow.SIZE_MIN);
  }

  @Test
  void thoseThatWereLateTogetherCutOnce() {
    for (var i = 0; i < 100; i++) window.enter(now);
    for (var i = 0; i < 100; i++) window.reached(2_999 + i, 3_000 + i);
    assertThat(window.size()).isEqualTo(70);
  }

  @Test
  void fewAreLetThroughHoweverLate() {
    run(60_000, 1, 1_000);
    assertThat(window.size()).isEqualTo(WriteWindow.SIZE_MIN);
  }

  @Test
  void whatIsNotUsedDoesNotGrow() {
    run(100, 50, 4_000);
    var narrow = window.size();
    window.enter(now);
    for (var i = 0; i < 1_000; i++) window.reached(1, now);
    assertThat(window.size()).isEqualTo(narrow);
  }

  /// Clients that write again when they were answered, until so many writes were. Returns how long
  /// each took.
  private List<Long> run(long batchMillis, long writeMillis, int writes) {
    var took = new ArrayList<Long>();
    var waiting = new ArrayList<Long>();
    while (took.size() < writes) {
      while (waiting.size() < CLIENTS && window.open(now)) {
        window.enter(now);
        waiting.add(now);
      }
      now += batchMillis + writeMillis * waiting.size();
      for (var begun : waiting) {
        window.reached(now - begun, now);
        took.add(now - begun);
      }
      waiting.forEach(_ -> window.leave());
      waiting.clear();
    }
    return took;
  }
}
