package dev.quorate.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.time.Stamp;
import org.junit.jupiter.api.Test;

class SubscriptionRegisterTest {
  @Test
  void aRemovalIsFinalWhateverTheStampsSay() {
    var removed = SubscriptionRegister.of("s", Stamp.of(1, 0, "n1"), "");
    var revived = SubscriptionRegister.of("s", Stamp.of(9, 0, "n2"), "{}");
    assertThat(SubscriptionRegister.merge(removed, revived)).isEqualTo(removed);
    assertThat(SubscriptionRegister.merge(revived, removed)).isEqualTo(removed);
  }

  @Test
  void ofTwoThatAreAlikeTheLaterOneWins() {
    for (var body : new String[] {"", "{}"}) {
      var earlier = SubscriptionRegister.of("s", Stamp.of(1, 0, "n2"), body);
      var later = SubscriptionRegister.of("s", Stamp.of(2, 0, "n1"), body);
      assertThat(SubscriptionRegister.merge(earlier, later)).isEqualTo(later);
      assertThat(SubscriptionRegister.merge(later, earlier)).isEqualTo(later);
    }
  }

  @Test
  void itsTextDoesNotShowItsBody() {
    var held = SubscriptionRegister.of("s", Stamp.of(1, 0, "n1"), "{\"key\":\"hush\"}");
    assertThat(held.toString()).doesNotContain("hush");
  }
}
