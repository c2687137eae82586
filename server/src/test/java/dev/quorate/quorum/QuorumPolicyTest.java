package dev.quorate.quorum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuorumPolicyTest {
  @ParameterizedTest
  @CsvSource({"1, 0", "1, 2", "1, -1", "2, 0", "2, 3", "3, 0", "3, 4", "5, -7", "5, 6"})
  void aQuorumOutsideTheMeshIsRefusedWithItsBounds(int nodes, int writes) {
    assertThatThrownBy(() -> new QuorumPolicy(nodes, writes, 100))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a write quorum must be 1..%d: %d", nodes, writes);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 1", "2, 2", "3, 1", "3, 2", "3, 3"})
  void everyQuorumWithinTheMeshIsTaken(int nodes, int writes) {
    assertThat(new QuorumPolicy(nodes, writes, 100).writes()).isEqualTo(writes);
  }

  @Test
  void aMeshHasAtLeastOneNode() {
    assertThatThrownBy(() -> new QuorumPolicy(0, 0, 100))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a mesh has at least one node: 0");
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 2", "3, 2", "4, 3", "5, 3", "6, 4", "7, 4", "50, 26"})
  void theMajorityIsMoreThanHalfOfEvenAndOddMeshes(int nodes, int majority) {
    assertThat(QuorumPolicy.majority(nodes)).isEqualTo(majority);
  }

  @Test
  void twoMajoritiesOverlapAndTwoSmallerSetsNeedNot() {
    for (var nodes = 1; nodes <= 100; nodes++) {
      var majority = QuorumPolicy.majority(nodes);
      assertThat(2 * majority).isGreaterThan(nodes);
      assertThat(2 * (majority - 1)).isLessThanOrEqualTo(nodes);
    }
  }

  @Test
  void aNodeAloneHasItsQuorumWithTheLocalCommit() {
    var acks = new AckTracker(new QuorumPolicy(1, 1, 100), "self", Set.of(), 0);
    assertThat(acks.met()).isFalse();
    acks.recordLocal();
    assertThat(acks.met()).isTrue();
    assertThat(acks.everywhere()).isTrue();
  }
}
