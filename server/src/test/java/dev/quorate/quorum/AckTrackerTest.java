package dev.quorate.quorum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Peers are called p1, p2 and so on; time begins at 1,000 and the deadline is 100 later.
class AckTrackerTest {
  private static final long BEGIN = 1_000;
  private static final long TIMEOUT = 100;

  @Test
  void beforeTheLocalCommitThereIsNoVerdictAndNoQuorum() {
    var acks = new AckTracker(new QuorumPolicy(3, 2, TIMEOUT), "self", peers(3), BEGIN);
    acks.recordHeld("p1");
    acks.recordHeld("p2");
    assertThat(acks.met()).isFalse();
    assertThat(acks.everywhere()).isFalse();
    assertThatThrownBy(acks::finalise)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("finalised before the local commit");
  }

  @ParameterizedTest
  @CsvSource({"2, 2", "3, 2", "3, 3", "4, 3", "5, 3", "5, 5"})
  void theQuorumIsMetByTheLocalCommitAndOneLessPeer(int nodes, int writes) {
    var acks = tracker(nodes, writes);
    for (var peer = 1; peer < writes - 1; peer++) acks.recordHeld("p" + peer);
    assertThat(acks.met()).isFalse();
    assertThat(missed(acks).nodes()).hasSize(writes - 1);
    assertThat(missed(acks).needed()).isEqualTo(writes);
    acks.recordHeld("p" + (writes - 1));
    assertThat(acks.met()).isTrue();
    assertThat(acks.everywhere()).isEqualTo(nodes == writes);
  }

  @Test
  void aQuorumOfOneIsMetByTheLocalCommit() {
    var acks = tracker(3, 1);
    assertThat(acks.settled(BEGIN)).isTrue();
    assertThat(acks.finalise()).isEqualTo(new Verdict.Met(List.of("self")));
    assertThat(acks.everywhere()).isFalse();
  }

  @Test
  void theNodesAreThisOneAndTheOthersInTheOrderInWhichTheySaidSo() {
    var acks = tracker(4, 3);
    acks.recordHeld("p3");
    acks.recordHeld("p1");
    assertThat(acks.finalise()).isEqualTo(new Verdict.Met(List.of("self", "p3", "p1")));
  }

  @Test
  void aPeerCountsOnceHoweverOftenItSaysSo() {
    var acks = tracker(4, 3);
    assertThat(acks.recordHeld("p1")).isTrue();
    assertThat(acks.recordHeld("p1")).isFalse();
    assertThat(acks.met()).isFalse();
    assertThat(missed(acks).nodes()).containsExactly("self", "p1");
  }

  @Test
  void nobodyButTheReplicasCounts() {
    var acks = tracker(2, 2);
    assertThat(acks.recordHeld("guest")).isFalse();
    assertThat(acks.recordHeld("self")).isFalse();
    acks.recordFailed("guest", Miss.REFUSED);
    assertThat(acks.met()).isFalse();
    assertThat(acks.heardOfAll()).isFalse();
    assertThat(missed(acks).misses()).isEqualTo(Map.of("p1", Miss.TIMEOUT));
  }

  @ParameterizedTest
  @EnumSource(Miss.class)
  void whenEveryPeerFailsFastTheReasonIsTheirsAndNotTheDeadline(Miss reason) {
    var acks = tracker(3, 2);
    acks.recordFailed("p1", reason);
    assertThat(acks.settled(BEGIN)).isFalse();
    acks.recordFailed("p2", reason);
    assertThat(acks.settled(BEGIN)).isTrue();
    assertThat(acks.finalise())
        .isEqualTo(
            new Verdict.NotMet(List.of("self"), 2, reason, Map.of("p1", reason, "p2", reason)));
  }

  @ParameterizedTest
  @CsvSource({
    "REFUSED, refused",
    "ID_DRIFT, id_drift",
    "UNREACHABLE, unreachable",
    "TIMEOUT, timeout"
  })
  void aReasonReadsAsPeersOfTheProtocolKnowIt(Miss reason, String text) {
    assertThat(reason.text()).isEqualTo(text);
  }

  @Test
  void whoWasNotHeardOfTimedOut() {
    var acks = tracker(3, 3);
    acks.recordHeld("p1");
    assertThat(acks.settled(BEGIN + TIMEOUT - 1)).isFalse();
    assertThat(acks.settled(BEGIN + TIMEOUT)).isTrue();
    assertThat(acks.deadlineMillis()).isEqualTo(BEGIN + TIMEOUT);
    assertThat(acks.finalise())
        .isEqualTo(
            new Verdict.NotMet(List.of("self", "p1"), 3, Miss.TIMEOUT, Map.of("p2", Miss.TIMEOUT)));
  }

  @Test
  void aPeerThatFailedAtTheDeadlineKeepsItsOwnReason() {
    var acks = tracker(3, 3);
    acks.recordFailed("p1", Miss.UNREACHABLE);
    assertThat(missed(acks).misses()).isEqualTo(Map.of("p1", Miss.UNREACHABLE, "p2", Miss.TIMEOUT));
  }

  @Test
  void ofMixedFailuresTheCommonestIsGiven() {
    var acks = tracker(5, 5);
    acks.recordFailed("p1", Miss.REFUSED);
    acks.recordFailed("p2", Miss.UNREACHABLE);
    acks.recordFailed("p3", Miss.UNREACHABLE);
    assertThat(missed(acks).reason()).isEqualTo(Miss.UNREACHABLE);
  }

  @ParameterizedTest
  @CsvSource({
    "TIMEOUT, REFUSED, REFUSED",
    "UNREACHABLE, ID_DRIFT, ID_DRIFT",
    "REFUSED, ID_DRIFT, REFUSED",
    "TIMEOUT, UNREACHABLE, UNREACHABLE"
  })
  void ofEquallyFrequentFailuresTheMoreTellingIsGiven(Miss one, Miss other, Miss given) {
    for (var first : List.of("p1", "p2")) {
      var acks = tracker(3, 3);
      acks.recordFailed(first, one);
      acks.recordFailed(first.equals("p1") ? "p2" : "p1", other);
      assertThat(missed(acks).reason()).isEqualTo(given);
    }
  }

  @Test
  void ofSeveralFailuresOfOnePeerTheLastCounts() {
    var acks = tracker(2, 2);
    acks.recordFailed("p1", Miss.UNREACHABLE);
    acks.recordFailed("p1", Miss.REFUSED);
    assertThat(missed(acks).reason()).isEqualTo(Miss.REFUSED);
  }

  @Test
  void whoHoldsItAfterAFailureCountsAndIsNoMissAnyMore() {
    var acks = tracker(3, 3);
    acks.recordFailed("p1", Miss.UNREACHABLE);
    acks.recordHeld("p1");
    assertThat(acks.heardOfAll()).isFalse();
    acks.recordFailed("p2", Miss.TIMEOUT);
    assertThat(missed(acks).misses()).isEqualTo(Map.of("p2", Miss.TIMEOUT));
    assertThat(acks.heardOfAll()).isTrue();
  }

  @Test
  void whoHoldsItCannotFailAnyMore() {
    var acks = tracker(2, 2);
    acks.recordHeld("p1");
    acks.recordFailed("p1", Miss.REFUSED);
    assertThat(acks.finalise()).isEqualTo(new Verdict.Met(List.of("self", "p1")));
    assertThat(acks.missing()).isEmpty();
  }

  @Test
  void whoAnswersAfterTheVerdictCountsInTheNextOne() {
    var acks = tracker(3, 2);
    assertThat(acks.settled(BEGIN + TIMEOUT)).isTrue();
    var verdict = missed(acks);
    assertThat(acks.recordHeld("p2")).isTrue();
    assertThat(acks.finalise()).isEqualTo(new Verdict.Met(List.of("self", "p2")));
    assertThat(verdict.nodes()).containsExactly("self");
    assertThat(verdict.misses()).containsOnlyKeys("p1", "p2");
  }

  @Test
  void whoAnswersBeyondTheQuorumIsCountedToo() {
    var acks = tracker(3, 2);
    acks.recordHeld("p1");
    assertThat(acks.missing()).containsExactly("p2");
    acks.recordHeld("p2");
    assertThat(acks.everywhere()).isTrue();
    assertThat(acks.finalise().nodes()).containsExactly("self", "p1", "p2");
  }

  private static AckTracker tracker(int nodes, int writes) {
    var acks =
        new AckTracker(new QuorumPolicy(nodes, writes, TIMEOUT), "self", peers(nodes), BEGIN);
    acks.recordLocal();
    return acks;
  }

  private static Set<String> peers(int nodes) {
    return IntStream.range(1, nodes).mapToObj(number -> "p" + number).collect(Collectors.toSet());
  }

  private static Verdict.NotMet missed(AckTracker acks) {
    assertThat(acks.finalise()).isInstanceOf(Verdict.NotMet.class);
    return (Verdict.NotMet) acks.finalise();
  }
}
