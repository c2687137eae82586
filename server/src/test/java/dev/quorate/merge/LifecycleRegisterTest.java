package dev.quorate.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quorate.merge.LifecycleRegister.State;
import dev.quorate.time.Stamp;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LifecycleRegisterTest {
  @Test
  void aDeleteStandsAgainstEverythingLater() {
    var delete = at(1, State.DELETED);
    for (var state : new State[] {State.LIVE, State.ARCHIVED}) {
      assertThat(LifecycleRegister.merge(delete, at(9, state))).isEqualTo(delete);
      assertThat(LifecycleRegister.merge(at(9, state), delete)).isEqualTo(delete);
    }
  }

  @Test
  void ofTwoDeletesTheEarlierStays() {
    var earlier = at(1, State.DELETED);
    var later = at(2, State.DELETED);
    assertThat(LifecycleRegister.merge(earlier, later)).isEqualTo(earlier);
    assertThat(LifecycleRegister.merge(later, earlier)).isEqualTo(earlier);
  }

  @Test
  void twoConsolidationsBecomeOneThatHasTheSuccessorsOfBothAndTheEarlierStamp() {
    var earlier = at(1, State.DELETED, "s2", "s3");
    var later = at(2, State.DELETED, "s1", "s2");
    var both = at(1, State.DELETED, "s1", "s2", "s3");
    assertThat(LifecycleRegister.merge(earlier, later)).isEqualTo(both);
    assertThat(LifecycleRegister.merge(later, earlier)).isEqualTo(both);
    assertThat(LifecycleRegister.merge(both, later)).isEqualTo(both);
    assertThat(both.intact()).isTrue();
  }

  @Test
  void ofTwoConsolidationsWithOneStampTheSmallerReasonStaysWhateverTheySucceed() {
    var a = at(1, State.DELETED, "a", new String[] {"s1"});
    var b = at(1, State.DELETED, "b", new String[] {"s2"});
    assertThat(LifecycleRegister.merge(a, b).reason()).isEqualTo("a");
    assertThat(LifecycleRegister.merge(b, a)).isEqualTo(LifecycleRegister.merge(a, b));
  }

  @Test
  void theOrderInWhichSuccessorsAreNamedDoesNotMatterAndEachCountsForTheHash() {
    assertThat(at(1, State.DELETED, "s2", "s1", "s2")).isEqualTo(at(1, State.DELETED, "s1", "s2"));
    var hashes =
        Stream.of(
                at(1, State.DELETED),
                at(1, State.DELETED, "s1"),
                at(1, State.DELETED, "s1", "s2"),
                at(1, State.DELETED, "s1,s2"))
            .map(LifecycleRegister::hash);
    assertThat(hashes).doesNotHaveDuplicates();
  }

  @Test
  void onlyADeletedMemoryHasSuccessors() {
    assertThatThrownBy(() -> at(1, State.ARCHIVED, "s1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("only a deleted memory has successors: m1");
  }

  @Test
  void aDeleteThatWaitsForNothingStaysBeforeAConsolidation() {
    var consolidated = at(1, State.DELETED, "s1");
    var deleted = at(2, State.DELETED);
    assertThat(LifecycleRegister.merge(consolidated, deleted)).isEqualTo(deleted);
    assertThat(LifecycleRegister.merge(deleted, consolidated)).isEqualTo(deleted);
  }

  @Test
  void ofArchivingAndRevivingTheLaterStands() {
    var archived = at(1, State.ARCHIVED);
    var live = at(2, State.LIVE);
    assertThat(LifecycleRegister.merge(archived, live)).isEqualTo(live);
    var again = at(3, State.ARCHIVED);
    assertThat(LifecycleRegister.merge(again, live)).isEqualTo(again);
  }

  private static LifecycleRegister at(long millis, State state, String... successors) {
    return at(millis, state, "", successors);
  }

  private static LifecycleRegister at(
      long millis, State state, String reason, String[] successors) {
    return LifecycleRegister.of(
        "m1", Stamp.of(millis, 0, "n1"), state, reason, List.of(successors));
  }
}
