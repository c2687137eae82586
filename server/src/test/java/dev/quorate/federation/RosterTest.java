package dev.quorate.federation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RosterTest {
  private final Roster roster = new Roster("n1");

  @Test
  void anIdThatThisNodeHasIsRefused() {
    assertThat(roster.register("a", "n1")).isFalse();
    assertThat(roster.node("a")).isEqualTo("a");
  }

  @Test
  void anIdThatAnotherPeerHasIsRefusedSoThatNoNodeCountsTwice() {
    assertThat(roster.register("a", "n2")).isTrue();
    assertThat(roster.register("b", "n2")).isFalse();
    assertThat(roster.node("b")).isEqualTo("b");
    assertThat(roster.link("n2")).contains("a");
  }

  @Test
  void aPeerMayGreetAgainAndAnotherNodeMayAnswerAtItsAddress() {
    assertThat(roster.register("a", "n2")).isTrue();
    assertThat(roster.register("a", "n2")).isTrue();
    assertThat(roster.register("a", "n3")).isTrue();
    assertThat(roster.node("a")).isEqualTo("n3");
    assertThat(roster.link("n2")).isEmpty();
    assertThat(roster.register("b", "n2")).isTrue();
  }

  @Test
  void twoPeersThatSwapTheirAddressesAreFoundAgain() {
    assertThat(roster.register("a", "n2")).isTrue();
    assertThat(roster.register("b", "n3")).isTrue();
    // Whoever is greeted first has an id that the other address is known by.
    assertThat(roster.register("a", "n3")).isFalse();
    assertThat(roster.link("n2")).isEmpty();
    assertThat(roster.register("b", "n2")).isTrue();
    assertThat(roster.register("a", "n3")).isTrue();
    assertThat(roster.node("a")).isEqualTo("n3");
    assertThat(roster.node("b")).isEqualTo("n2");
  }
}
