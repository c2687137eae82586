package dev.quorate.memories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quorate.embedding.Model;
import dev.quorate.failure.RequestFailure.Conflict;
import dev.quorate.memories.Subscribing.Wish;
import dev.quorate.store.Snapshot;
import dev.quorate.store.Store;
import dev.quorate.subscriptions.SigningKey;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Subscriptions on two nodes that hear of each other late.
class SubscribingTest {
  private final Subscribing subscribing =
      new Subscribing(new Agents(new Remembering(Lifetimes.DEFAULT, Model.off())));

  @TempDir Path directory;
  private TwoNodes nodes;

  @BeforeEach
  void start() {
    nodes = new TwoNodes(directory);
  }

  @AfterEach
  void stop() {
    nodes.close();
  }

  private static Wish wish(String agent) {
    return new Wish(
        "https://example.org/",
        "*",
        "app",
        "app/**",
        null,
        agent,
        agent,
        true,
        SigningKey.ofSecret("very secret"));
  }

  private String subscribe(Store at, String agent) {
    return at.write(transaction -> subscribing.subscribe(transaction, wish(agent))).value().id();
  }

  private static int count(Store at) {
    return at.read(snapshot -> Subscribing.list(snapshot, null)).size();
  }

  @Test
  void aSubscriptionIsTheSameOnEveryNodeAndItsSubscriberIsKnown() {
    subscribe(nodes.one, "ai:ann");
    nodes.exchange();
    var here = nodes.one.read(snapshot -> Subscribing.list(snapshot, "ai:ann"));
    assertThat(here).hasSize(1);
    var there = nodes.other.read(snapshot -> Subscribing.list(snapshot, null));
    assertThat(there).isEqualTo(here);
    assertThat(nodes.other.<Boolean>read(snapshot -> Agents.registered(snapshot, "ai:ann")))
        .isTrue();
    assertThat(nodes.one.read(Snapshot::digest)).isEqualTo(nodes.other.read(Snapshot::digest));
  }

  @Test
  void aRemovalOnOneNodeIsFinalOnBoth() {
    var id = subscribe(nodes.one, "ai:ann");
    nodes.exchange();
    // The clock of the other node is behind.
    assertThat(nodes.other.write(tx -> subscribing.unsubscribe(tx, id)).value()).isTrue();
    nodes.exchange();
    assertThat(count(nodes.one)).isZero();
    assertThat(count(nodes.other)).isZero();
    assertThat(nodes.one.read(Snapshot::digest)).isEqualTo(nodes.other.read(Snapshot::digest));
    assertThat(nodes.one.write(tx -> subscribing.unsubscribe(tx, id)).value()).isFalse();
  }

  @Test
  void whatAnAgentSubscribedToUnderANamespaceIsRemovedByThat() {
    var mine = subscribe(nodes.one, "ai:ann");
    subscribe(nodes.one, "ai:bob");
    assertThat(nodes.one.write(tx -> subscribing.unsubscribe(tx, "ai:ann", "app")).value())
        .containsExactly(mine);
    assertThat(nodes.one.write(tx -> subscribing.unsubscribe(tx, "ai:bob", "other")).value())
        .isEmpty();
    assertThat(count(nodes.one)).isEqualTo(1);
  }

  @Test
  void theSecretIsKeptNowhereAndItsHashIsNotShown() {
    subscribe(nodes.one, "ai:ann");
    var shown = nodes.one.read(snapshot -> snapshot.subscriptions().toString());
    var held = nodes.one.read(snapshot -> Subscribing.list(snapshot, null)).getFirst();
    var hex = SigningKey.ofSecret("very secret").hex();
    assertThat(shown).doesNotContain(hex);
    assertThat(held.toString()).doesNotContain(hex);
    assertThat(held.subscription().body()).contains(hex).doesNotContain("very secret");
  }

  @Test
  void thereIsABound() {
    for (var left = Subscribing.SUBSCRIPTIONS_MAX; left > 0; left--) {
      subscribe(nodes.one, "ai:ann");
    }
    assertThatThrownBy(() -> subscribe(nodes.one, "ai:ann")).isInstanceOf(Conflict.class);
  }
}
