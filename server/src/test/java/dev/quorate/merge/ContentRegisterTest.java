package dev.quorate.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.seeds.EachSeed;
import dev.quorate.seeds.Seeds;
import dev.quorate.time.Stamp;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContentRegisterTest {
  private static final Stamp FIRST = Stamp.of(1, 0, "n1");
  private static final Stamp SECOND = Stamp.of(2, 0, "n2");

  @Test
  void theLoserOfAConcurrentEditIsLost() {
    var loser = ContentRegister.of("m1", FIRST, Seen.NOTHING, "{\"a\":1}");
    var winner = ContentRegister.of("m1", SECOND, Seen.NOTHING, "{\"a\":2}");
    assertThat(ContentRegister.merge(loser, winner).winner()).isEqualTo(winner);
    assertThat(ContentRegister.merge(loser, winner).lost()).contains(loser);
    assertThat(ContentRegister.merge(winner, loser).lost()).contains(loser);
  }

  @Test
  void aVersionThatWasReplacedKnowinglyIsNotLost() {
    var old = ContentRegister.of("m1", FIRST, Seen.NOTHING, "{\"a\":1}");
    var edit = ContentRegister.of("m1", SECOND, Seen.NOTHING.with(FIRST), "{\"a\":2}");
    assertThat(ContentRegister.merge(old, edit).winner()).isEqualTo(edit);
    assertThat(ContentRegister.merge(old, edit).lost()).isEmpty();
    assertThat(ContentRegister.merge(edit, old).lost()).isEmpty();
  }

  @Test
  void anEditSawWhatTheEditedVersionSaw() {
    var seen = Seen.NOTHING.with(FIRST).with(new Seen(Map.of("n3", 9L)));
    assertThat(seen.covers(FIRST)).isTrue();
    assertThat(seen.covers(new Stamp(9, "n3"))).isTrue();
    assertThat(seen.covers(new Stamp(10, "n3"))).isFalse();
    assertThat(seen.covers(SECOND)).isFalse();
  }

  @EachSeed
  void whoLosesDoesNotDependOnTheOrder(long seed) {
    Seeds.check(
        seed,
        chance -> {
          var a = AnyRegister.content(chance, "m1");
          var b = AnyRegister.content(chance, "m1");
          assertThat(ContentRegister.merge(a, b)).isEqualTo(ContentRegister.merge(b, a));
        });
  }

  @Test
  void changingAnyFieldOfARegisterIsSeen() {
    var made = ContentRegister.of("m1", FIRST, Seen.NOTHING, "{}");
    var hash = made.hash();
    assertThat(made.intact()).isTrue();
    assertThat(new ContentRegister("m2", FIRST, Seen.NOTHING, "{}", hash).intact()).isFalse();
    assertThat(new ContentRegister("m1", SECOND, Seen.NOTHING, "{}", hash).intact()).isFalse();
    assertThat(new ContentRegister("m1", FIRST, Seen.NOTHING.with(SECOND), "{}", hash).intact())
        .isFalse();
    assertThat(new ContentRegister("m1", FIRST, Seen.NOTHING, "{ }", hash).intact()).isFalse();
  }
}
