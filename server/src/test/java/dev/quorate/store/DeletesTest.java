package dev.quorate.store;

import static dev.quorate.store.Registers.alias;
import static dev.quorate.store.Registers.content;
import static dev.quorate.store.Registers.delete;
import static dev.quorate.store.Registers.edit;
import static dev.quorate.store.Registers.embedding;
import static dev.quorate.store.Registers.stamp;
import static dev.quorate.store.Registers.turn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.merge.Lane;
import dev.quorate.merge.LifecycleRegister.State;
import dev.quorate.merge.LinkRegister;
import dev.quorate.merge.LostContent;
import dev.quorate.merge.Seen;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Which deletes are in effect, and that nothing comes back of what one has erased.
class DeletesTest {
  private static final long NOW = 1_000;

  private final Replica node = Replica.inMemory("r1", NOW);

  @Test
  void aDeleteIsFinalWhateverArrivesLater() {
    var content = content("m", 10, "t");
    node.receive(content);
    node.receive(delete("m", 20));
    assertThat(node.state().views()).isEmpty();
    node.receive(content);
    node.receive(content("m", 90, "t"));
    node.receive(turn("m", 95, State.LIVE));
    node.receive(turn("m", 96, State.ARCHIVED));
    node.receive(new LostContent(content), embedding("m", 10));
    assertThat(node.state().registers()).containsOnlyKeys("LIFECYCLE m");
    assertThat(node.state().changes()).containsExactly("LIFECYCLE m");
    assertThat(node.tables().lifecycle("m")).contains(delete("m", 20));
  }

  @Test
  void aDeleteThatOvertakesItsContentKeepsItOut() {
    node.receive(delete("m", 20));
    node.receive(content("m", 10, "t"), embedding("m", 10));
    assertThat(node.state().registers()).containsOnlyKeys("LIFECYCLE m");
  }

  @Test
  void aDeleteErasesHistoryAndVectorButNotTheLinks() {
    var link = LinkRegister.of("m", "n", "related_to", stamp(5), true, "{}");
    node.receive(content("m", 10, "t"), content("m", 11, "t"), embedding("m", 11), link);
    node.receive(edit("m", 12, "t", Seen.NOTHING.with(stamp(11))));
    assertThat(node.state().registers()).hasSize(4);
    assertThat(node.state().replaced()).hasSize(1);
    node.receive(delete("m", 20));
    assertThat(node.state().registers()).containsOnlyKeys("LIFECYCLE m", "LINK m\nn\nrelated_to");
    assertThat(node.state().replaced()).isEmpty();
  }

  @Test
  void anEarlierConsolidationDoesNotBringBackWhatWasDeleted() {
    var content = content("m", 10, "t");
    node.receive(content);
    node.receive(delete("m", 20));
    node.receive(delete("m", 15, "s"));
    node.receive(content);
    assertThat(node.state().views()).isEmpty();
  }

  @Test
  void aConsolidatedSourceStaysUntilItsSuccessorArrives() {
    node.receive(content("m", 10, "t"));
    node.receive(delete("m", 20, "s"));
    assertThat(shown("m")).isEqualTo(Shown.LIVE);
    assertThat(node.erased("m")).isFalse();
    node.receive(content("s", 19, "u"));
    assertThat(node.state().views()).containsOnlyKeys("s");
    assertThat(node.erased("m")).isTrue();
  }

  @Test
  void aConsolidatedSourceThatArrivesLateStaysUntilItsSuccessorArrives() {
    node.receive(delete("m", 20, "s"));
    node.receive(content("m", 10, "t"));
    assertThat(shown("m")).isEqualTo(Shown.LIVE);
    node.receive(edit("m", 30, "t2", Seen.NOTHING.with(stamp(10))));
    assertThat(shown("m")).isEqualTo(Shown.LIVE);
    node.receive(content("s", 19, "u"));
    assertThat(node.state().views()).containsOnlyKeys("s");
  }

  @Test
  void aSuccessorThatWasDeletedSinceIsKnown() {
    node.receive(content("m", 10, "t"));
    node.receive(delete("m", 20, "s"));
    node.receive(delete("s", 30));
    assertThat(node.state().views()).isEmpty();
  }

  @Test
  void aSuccessorIsKnownByTheDeleteOfWhatItIsOneWith() {
    node.receive(content("m", 10, "t"));
    node.receive(delete("m", 20, "s"));
    node.receive(alias("s", 19, "twin", 18));
    assertThat(shown("m")).isEqualTo(Shown.LIVE);
    node.receive(delete("twin", 30));
    assertThat(node.state().views()).isEmpty();
  }

  @Test
  void aSuccessorIsKnownOnceItIsOneWithSomethingDeleted() {
    node.receive(content("m", 10, "t"));
    node.receive(delete("m", 20, "s"));
    node.receive(delete("twin", 30));
    assertThat(shown("m")).isEqualTo(Shown.LIVE);
    node.receive(alias("s", 19, "twin", 18));
    assertThat(node.state().views()).isEmpty();
  }

  @Test
  void ofTwoConsolidationsOfOneSourceEitherSuccessorWillDo() {
    for (var order : List.of(List.of("s", "u"), List.of("u", "s"))) {
      for (var arrives : order) {
        var replica = Replica.inMemory("r2", NOW);
        replica.receive(content("m", 10, "t"));
        order.forEach(successor -> replica.receive(delete("m", 20, successor)));
        assertThat(replica.erased("m")).isFalse();
        replica.receive(content(arrives, 19, "elsewhere"));
        assertThat(replica.state().views()).containsOnlyKeys(arrives);
        assertThat(replica.tables().lifecycle("m")).contains(delete("m", 20, "s", "u"));
      }
    }
  }

  @Test
  void aSuccessorWhoseOwnDeleteWaitsIsNotKnown() {
    node.receive(content("m", 10, "t"));
    node.receive(delete("m", 20, "s"));
    node.receive(delete("s", 30, "u"));
    assertThat(shown("m")).isEqualTo(Shown.LIVE);
    node.receive(content("u", 29, "v"));
    assertThat(node.state().views()).containsOnlyKeys("u");
    assertThat(node.erased("m")).isTrue();
    assertThat(node.erased("s")).isTrue();
  }

  @Test
  void deletesThatWaitForEachOtherBringNothingIntoEffect() {
    node.receive(delete("a", 20, "b"));
    node.receive(delete("b", 21, "c"), delete("c", 22, "a"));
    for (var id : List.of("a", "b", "c")) assertThat(node.erased(id)).isFalse();
    node.receive(delete("c", 23));
    for (var id : List.of("a", "b", "c")) assertThat(node.erased(id)).isTrue();
  }

  @Test
  void whatACircleOfDeletesErasedStaysErased() {
    var a = content("a", 10, "t");
    var b = content("b", 10, "u");
    node.receive(a, b);
    node.receive(delete("a", 20, "b"));
    assertThat(node.state().views()).containsOnlyKeys("b");
    node.receive(delete("b", 21, "a"));
    assertThat(node.state().views()).isEmpty();
    node.receive(a);
    node.receive(b);
    assertThat(node.state().views()).isEmpty();
    assertThat(node.erased("a")).isTrue();
    assertThat(node.erased("b")).isTrue();
    assertThat(node.tables().lifecycle("b")).contains(delete("b", 21));
  }

  @Test
  void aDeleteThatTakesEffectLateIsRecordedOnceMore() {
    node.receive(content("m", 10, "t"));
    node.receive(delete("m", 20, "s"));
    node.receive(content("other", 10, "u"));
    assertThat(node.state().changes()).containsExactly("CONTENT m", "LIFECYCLE m", "CONTENT other");
    node.receive(content("s", 19, "v"));
    assertThat(node.state().changes()).containsExactly("CONTENT other", "CONTENT s", "LIFECYCLE m");
    node.receive(edit("s", 30, "v", Seen.NOTHING.with(stamp(19))));
    assertThat(node.state().changes()).containsExactly("CONTENT other", "LIFECYCLE m", "CONTENT s");
  }

  @Test
  void aDeleteThatTakesEffectAtOnceIsRecordedOnce() {
    var ledger = node.ledger();
    ledger.apply(content("m", 10, "t"));
    ledger.apply(delete("m", 20));
    assertThat(ledger.recorded()).isEqualTo(2);
  }

  @Test
  void anAliasThatJoinsALiveMemoryWithADeletedOneErasesBoth() {
    node.receive(content("a", 10, "t"), embedding("a", 10), delete("b", 20));
    node.receive(alias("a", 1, "b", 2));
    assertThat(node.state().views()).isEmpty();
    assertThat(node.tables().embedding("a")).isEmpty();
    node.receive(content("a", 30, "t"), content("b", 30, "t"), embedding("b", 30));
    assertThat(node.state().views()).isEmpty();
    assertThat(node.tables().embedding("b")).isEmpty();
  }

  @Test
  void aDeleteOfAnyMemberDeletesTheGroup() {
    node.receive(content("a", 10, "t"), content("b", 11, "t"));
    node.receive(content("c", 12, "t"));
    node.receive(delete("c", 20));
    assertThat(node.state().views()).isEmpty();
    for (var id : List.of("a", "b", "c")) assertThat(node.erased(id)).isTrue();
  }

  @Test
  void aNodeOwesTheWholeChainThatBroughtADeleteIntoEffect() {
    var from = new Origin("n2", "e2", 1);
    node.ledger().apply(content("x", 10, "t"));
    node.ledger().receive(content("z", 20, "u"), from, null);
    node.ledger().receive(delete("y", 30, "z"), from, null);
    node.ledger().receive(delete("x", 40, "y"), from, null);
    assertThat(node.tables().content("x")).isEmpty();
    assertThat(node.tables().recordedHere(Lane.LIFECYCLE, "x")).isTrue();
    assertThat(node.tables().recordedHere(Lane.LIFECYCLE, "y")).isTrue();
    assertThat(node.tables().recordedHere(Lane.CONTENT, "z")).isTrue();
  }

  private Shown shown(String id) {
    return Objects.requireNonNull(node.state().views().get(id)).shown();
  }
}
