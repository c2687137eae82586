package dev.quorate.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quorate.seeds.EachSeed;
import dev.quorate.seeds.Seeds;
import dev.quorate.time.Stamp;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AliasGroupTest {
  private static final Stamp FOUND = Stamp.of(9, 0, "n1");

  @Test
  void theGroupIsShownUnderTheIdCreatedFirst() {
    var group = AliasGroup.of(List.of(fact("a", 3, "b", 2), fact("b", 2, "c", 1)));
    assertThat(group.createdById().keySet()).containsExactly("a", "b", "c");
    assertThat(group.publicId()).isEqualTo("c");
  }

  @Test
  void ofIdsCreatedTogetherTheSmallestIsShown() {
    assertThat(AliasGroup.of(List.of(fact("b", 1, "a", 1), fact("b", 1, "c", 2))).publicId())
        .isEqualTo("a");
  }

  @Test
  void theEarliestTimeThatAnyFactKnowsCounts() {
    assertThat(AliasGroup.of(List.of(fact("a", 5, "b", 4), fact("a", 3, "c", 9))).publicId())
        .isEqualTo("a");
  }

  @Test
  void aFactIsTheSameWhicheverIdIsNamedFirst() {
    assertThat(fact("a", 1, "b", 2)).isEqualTo(fact("b", 2, "a", 1));
    assertThatThrownBy(() -> fact("a", 1, "a", 1)).isInstanceOf(IllegalArgumentException.class);
  }

  @EachSeed
  void theShownIdDoesNotDependOnTheOrderOfFacts(long seed) {
    Seeds.check(
        seed,
        chance -> {
          var facts = new ArrayList<AliasFact>();
          for (var left = 1 + chance.below(6); left > 0; left--) {
            facts.add(AnyRegister.alias(chance, "hub", chance.oneOf("a", "b", "z")));
          }
          assertThat(AliasGroup.of(chance.shuffled(facts))).isEqualTo(AliasGroup.of(facts));
        });
  }

  private static AliasFact fact(String a, long aCreated, String b, long bCreated) {
    return AliasFact.of(a, created(aCreated), b, created(bCreated), FOUND);
  }

  private static String created(long millis) {
    return Stamp.of(millis, 0, "").timestamp();
  }
}
