package dev.quorate.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.merge.LifecycleRegister.State;
import dev.quorate.time.Stamp;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StandingTest {
  private static final ContentRegister OLD = content("m1", 1);
  private static final ContentRegister NEW = content("m2", 2);

  @Test
  void theNewestContentOfTheMembersIsShown() {
    assertThat(of(List.of(OLD, NEW), List.of()).shown()).contains(NEW);
    assertThat(of(List.of(NEW, OLD), List.of()).shown()).contains(NEW);
    assertThat(of(List.of(), List.of()).shown()).isEmpty();
  }

  @Test
  void oneDeletedMemberDeletesTheGroup() {
    var standing = of(List.of(OLD, NEW), List.of(at("m1", 1, State.DELETED)));
    assertThat(standing.deleted()).isTrue();
  }

  @Test
  void aConsolidatedSourceStaysUntilItsSuccessorIsKnown() {
    var consolidated = List.of(at("m1", 1, State.DELETED, "s1"));
    assertThat(Standing.of(List.of(OLD), consolidated, "s2"::equals).deleted()).isFalse();
    assertThat(Standing.of(List.of(OLD), consolidated, "s1"::equals).deleted()).isTrue();
  }

  @Test
  void anyOfTheSuccessorsWillDo() {
    var consolidated = List.of(at("m1", 1, State.DELETED, "s1", "s2", "s3"));
    for (var known : List.of("s1", "s2", "s3")) {
      assertThat(Standing.of(List.of(OLD), consolidated, known::equals).deleted()).isTrue();
    }
    assertThat(Standing.of(List.of(OLD), consolidated, "s4"::equals).deleted()).isFalse();
  }

  @Test
  void theLatestOfTheMembersLifecyclesStands() {
    var archived = at("m1", 5, State.ARCHIVED);
    var live = at("m2", 6, State.LIVE);
    assertThat(of(List.of(OLD), List.of(archived)).archived()).isTrue();
    assertThat(of(List.of(OLD), List.of(archived, live)).archived()).isFalse();
    assertThat(of(List.of(OLD), List.of(live, archived)).archived()).isFalse();
    assertThat(of(List.of(OLD), List.of()).archived()).isFalse();
  }

  @Test
  void aRestoreThatIsLaterThanTheExpiryOutlivesIt() {
    var restored = of(List.of(OLD), List.of(at("m1", 50, State.LIVE)));
    assertThat(restored.expiresMillis(Optional.of(51L))).contains(51L);
    assertThat(restored.expiresMillis(Optional.of(50L))).isEmpty();
    assertThat(restored.expiresMillis(Optional.of(49L))).isEmpty();
    assertThat(of(List.of(OLD), List.of()).expiresMillis(Optional.of(1L))).contains(1L);
  }

  @Test
  void anEditAfterTheRestoreMeansTheExpiryItSets() {
    var restore = List.of(at("m1", 50, State.LIVE));
    for (var edited : List.of(50L, 51L)) {
      var standing = of(List.of(OLD, content("m1", edited)), restore);
      assertThat(standing.expiresMillis(Optional.of(20L))).contains(20L);
    }
    assertThat(of(List.of(content("m1", 49)), restore).expiresMillis(Optional.of(20L))).isEmpty();
  }

  private static Standing of(List<ContentRegister> contents, List<LifecycleRegister> lifecycles) {
    return Standing.of(contents, lifecycles, _ -> false);
  }

  private static ContentRegister content(String id, long millis) {
    return ContentRegister.of(id, Stamp.of(millis, 0, "n1"), Seen.NOTHING, "{}");
  }

  private static LifecycleRegister at(String id, long millis, State state, String... successors) {
    return LifecycleRegister.of(id, Stamp.of(millis, 0, "n1"), state, "", List.of(successors));
  }
}
