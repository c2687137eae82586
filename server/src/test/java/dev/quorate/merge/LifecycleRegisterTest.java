package dev.quorate.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.merge.LifecycleRegister.State;
import dev.quorate.time.Stamp;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LifecycleRegisterTest {
  @Test
  void aDeleteStandsAgainstEverythingLater() {
    var delete = at(1, State.DELETED, null);
    for (var state : new State[] {State.LIVE, State.ARCHIVED}) {
      assertThat(LifecycleRegister.merge(delete, at(9, state, null))).isEqualTo(delete);
      assertThat(LifecycleRegister.merge(at(9, state, null), delete)).isEqualTo(delete);
    }
  }

  @Test
  void ofTwoDeletesTheEarlierStays() {
    var earlier = at(1, State.DELETED, null);
    var later = at(2, State.DELETED, null);
    assertThat(LifecycleRegister.merge(earlier, later)).isEqualTo(earlier);
    assertThat(LifecycleRegister.merge(later, earlier)).isEqualTo(earlier);
  }

  @Test
  void ofTwoConsolidationsTheEarlierStays() {
    var earlier = at(1, State.DELETED, "s1");
    var later = at(2, State.DELETED, "s2");
    assertThat(LifecycleRegister.merge(earlier, later)).isEqualTo(earlier);
    assertThat(LifecycleRegister.merge(later, earlier)).isEqualTo(earlier);
  }

  @Test
  void aDeleteThatWaitsForNothingStaysBeforeAConsolidation() {
    var consolidated = at(1, State.DELETED, "s1");
    var deleted = at(2, State.DELETED, null);
    assertThat(LifecycleRegister.merge(consolidated, deleted)).isEqualTo(deleted);
    assertThat(LifecycleRegister.merge(deleted, consolidated)).isEqualTo(deleted);
  }

  @Test
  void ofArchivingAndRevivingTheLaterStands() {
    var archived = at(1, State.ARCHIVED, null);
    var live = at(2, State.LIVE, null);
    assertThat(LifecycleRegister.merge(archived, live)).isEqualTo(live);
    var again = at(3, State.ARCHIVED, null);
    assertThat(LifecycleRegister.merge(again, live)).isEqualTo(again);
  }

  private static LifecycleRegister at(long millis, State state, @Nullable String successor) {
    return LifecycleRegister.of("m1", Stamp.of(millis, 0, "n1"), state, "", successor);
  }
}
