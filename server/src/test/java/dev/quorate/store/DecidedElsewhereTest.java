package dev.quorate.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.governance.Action;
import dev.quorate.governance.Approver;
import dev.quorate.memory.AnyMemory;
import dev.quorate.memory.Body;
import dev.quorate.memory.Memory;
import dev.quorate.merge.ContentRegister;
import dev.quorate.merge.Lane;
import dev.quorate.merge.PendingAction;
import dev.quorate.merge.Register;
import dev.quorate.merge.Seen;
import dev.quorate.merge.SubscriptionRegister;
import dev.quorate.merge.Vote;
import dev.quorate.time.Stamp;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Two votes that cross on their way: neither node knows when it votes that both suffice. What they
/// bring about is told once, by the node whose vote decides, in whatever order things come.
class DecidedElsewhereTest {
  private static final long NOW = 1_000;
  private static final Vote EARLIER = Vote.of("p", "ann", true, Stamp.of(20, 0, "n2"));
  private static final Vote DECIDING = Vote.of("p", "bob", true, Stamp.of(30, 0, "n1"));

  enum Asked {
    STORE(new Action.Store(memory("new"), null), Lane.CONTENT, "new", "memory_store"),
    DELETE(new Action.Delete("old"), Lane.LIFECYCLE, "old", "memory_delete"),
    PROMOTE(new Action.Promote("old"), Lane.CONTENT, "old", "memory_promote");

    // Every one of them is immutable; the checker cannot see that.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Action.What what;

    private final Lane lane;
    private final String key;
    private final String event;

    Asked(Action.What what, Lane lane, String key, String event) {
      this.what = what;
      this.lane = lane;
      this.key = key;
      this.event = event;
    }

    PendingAction pending() {
      var action = new Action(what, "global", "ann", new Approver.Consensus(2));
      return PendingAction.of("p", Stamp.of(5, 0, "n1"), action.payload(), 2, 900);
    }

    private Register result(Node node) {
      return node.register(lane, key);
    }
  }

  @ParameterizedTest
  @EnumSource
  void theNodeWhoseVoteDecidesTellsOfItAndNoOther(Asked asked) {
    var ours = new Node("n1", asked);
    var other = new Node("n2", asked);
    assertThat(ours.made(DECIDING)).isEmpty();
    assertThat(other.made(EARLIER)).isEmpty();
    assertThat(other.received(DECIDING)).isEmpty();
    assertThat(ours.received(EARLIER)).containsExactly(asked.event);
  }

  @ParameterizedTest
  @EnumSource
  void theNodeWhoseVoteDecidesTellsOfItThoughOthersHaveDoneIt(Asked asked) {
    var ours = new Node("n1", asked);
    var other = new Node("n2", asked);
    assertThat(ours.made(DECIDING)).isEmpty();
    other.made(EARLIER);
    other.received(DECIDING);
    assertThat(ours.received(asked.result(other))).isEmpty();
    assertThat(ours.received(EARLIER)).containsExactly(asked.event);
  }

  @ParameterizedTest
  @EnumSource
  void aVoteThatDecidesAtOnceIsToldOnce(Asked asked) {
    var ours = new Node("n1", asked);
    assertThat(ours.received(EARLIER)).isEmpty();
    assertThat(ours.made(DECIDING)).containsExactly(asked.event);
    assertThat(ours.received(Vote.of("p", "eve", true, Stamp.of(10, 0, "n2")))).isEmpty();
  }

  private static Memory memory(String id) {
    return AnyMemory.plain(id, "title of " + id, "words", Instant.ofEpochMilli(1));
  }

  /// A node that somebody subscribed at, with one memory and a request that needs two votes.
  private static final class Node {
    private final Replica replica;

    Node(String name, Asked asked) {
      replica = Replica.inMemory(name, NOW);
      var old = memory("old");
      replica.receive(
          SubscriptionRegister.of("s", Stamp.of(1, 0, "n2"), "{}"),
          ContentRegister.of("old", Stamp.of(2, 0, "n2"), Seen.NOTHING, Body.write(old)),
          asked.pending());
    }

    List<String> made(Register register) {
      var ledger = replica.ledger();
      ledger.apply(register);
      return events(ledger);
    }

    List<String> received(Register register) {
      var ledger = replica.ledger();
      ledger.receive(register, new Origin("n2", "e2", 1), null);
      return events(ledger);
    }

    Register register(Lane lane, String key) {
      var tables = replica.tables();
      return lane == Lane.CONTENT
          ? tables.content(key).orElseThrow()
          : tables.lifecycle(key).orElseThrow();
    }

    private static List<String> events(Ledger ledger) {
      return ledger.events().stream().map(event -> event.type().text()).toList();
    }
  }
}
