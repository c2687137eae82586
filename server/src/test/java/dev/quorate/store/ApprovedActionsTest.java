package dev.quorate.store;

import static dev.quorate.store.Registers.alias;
import static dev.quorate.store.Registers.content;
import static dev.quorate.store.Registers.delete;
import static dev.quorate.store.Registers.edit;
import static dev.quorate.store.Registers.expiring;
import static dev.quorate.store.Registers.stamp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.governance.Action;
import dev.quorate.governance.Approver;
import dev.quorate.memory.AnyMemory;
import dev.quorate.memory.Body;
import dev.quorate.memory.Memory;
import dev.quorate.memory.Tier;
import dev.quorate.merge.ContentRegister;
import dev.quorate.merge.Lane;
import dev.quorate.merge.LifecycleRegister;
import dev.quorate.merge.LifecycleRegister.State;
import dev.quorate.merge.LostContent;
import dev.quorate.merge.PendingAction;
import dev.quorate.merge.Register;
import dev.quorate.merge.Seen;
import dev.quorate.merge.Vote;
import dev.quorate.time.Stamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What was approved is done, once and the same on every node.
class ApprovedActionsTest {
  private static final long NOW = 1_000;

  private final Replica node = Replica.inMemory("r1", NOW);

  @Test
  void anApprovedStoreMakesTheSameRowInEveryOrder() {
    var pending = pending("p", toStore("x", 60L), 1);
    var expected =
        ContentRegister.of(
            "x", stamp(20), Seen.NOTHING, Body.write(requested("x").withExpiry(at(20 + 60_000))));
    for (var replica : inEveryOrder(pending, vote("p", "ann", true, 20))) {
      assertThat(replica.tables().content("x")).contains(expected);
      assertThat(replica.state().changes()).contains("CONTENT x");
    }
  }

  @Test
  void anApprovedDeleteIsADeleteOfTheMomentOfTheVoteInEveryOrder() {
    var pending = pending("p", new Action.Delete("m"), 1);
    var orders = inEveryOrder(content("m", 10, "t"), pending, vote("p", "ann", true, 20));
    for (var replica : orders) {
      assertThat(replica.state().views()).isEmpty();
      assertThat(replica.tables().lifecycle("m"))
          .contains(LifecycleRegister.of("m", stamp(20), State.DELETED, "delete", List.of()));
    }
  }

  @Test
  void anApprovedPromotionMakesTheSameRowInEveryOrder() {
    var pending = pending("p", new Action.Promote("m"), 1);
    var before = expiring("m", 10, "t", 500);
    for (var replica : inEveryOrder(before, pending, vote("p", "ann", true, 20))) {
      var content = replica.tables().content("m").orElseThrow();
      var memory = Body.read(content.body());
      assertThat(content.stamp()).isEqualTo(promotionOf(before, 20));
      assertThat(memory.tier()).isEqualTo(Tier.LONG);
      assertThat(memory.expiresAt()).isNull();
      assertThat(memory.version()).isEqualTo(2);
      assertThat(Objects.requireNonNull(replica.state().views().get("m")).expiresMillis())
          .isEqualTo(Long.MAX_VALUE);
      assertThat(replica.state().registers()).hasSize(3);
    }
  }

  @Test
  void aPromotionReachesTheMemoryThroughAnAliasInEveryOrder() {
    var shown = content("n", 11, "t");
    var pending = pending("p", new Action.Promote("m"), 1);
    for (var replica :
        inEveryOrder(shown, alias("m", 1, "n", 2), pending, vote("p", "ann", true, 20))) {
      var promoted = replica.tables().content("n").orElseThrow();
      assertThat(promoted.stamp()).isEqualTo(promotionOf(shown, 20));
      assertThat(Body.read(promoted.body()).tier()).isEqualTo(Tier.LONG);
    }
  }

  @Test
  void anEditThatOnlyOnePromotionSawIsKeptThoughTheOtherOneIsEditedNext() {
    var unseen = edit("m", 15, "u", Seen.NOTHING.with(stamp(10)));
    var approval = List.of(pending("p", new Action.Promote("m"), 1), vote("p", "ann", true, 20));
    var one = Replica.inMemory("r1", NOW);
    var other = Replica.inMemory("r2", NOW);
    one.receive(content("m", 10, "t"));
    other.receive(content("m", 10, "t"), unseen);
    one.receive(approval);
    other.receive(approval);
    var promoted = other.tables().content("m").orElseThrow();
    var shown = one.tables().content("m").orElseThrow();
    one.receive(edit("m", 30, "v", shown.seen().with(shown.stamp())));
    one.receive(other.state().registers().values());
    other.receive(one.state().registers().values());
    assertThat(one.shared()).isEqualTo(other.shared());
    assertThat(one.state().registers().values()).contains(new LostContent(promoted));
  }

  @Test
  void whatIsPromotedAlreadyIsNotPromotedAgain() {
    node.receive(content("m", 10, "t"));
    node.receive(pending("p", new Action.Promote("m"), 1), vote("p", "ann", true, 20));
    var promoted = node.tables().content("m").orElseThrow();
    node.receive(pending("q", new Action.Promote("m"), 1), vote("q", "ann", true, 30));
    assertThat(node.tables().content("m")).contains(promoted);
  }

  @Test
  void ofTwoPromotionsThatOfTheLaterContentStands() {
    var approval = List.of(pending("p", new Action.Promote("m"), 1), vote("p", "ann", true, 20));
    var early = Replica.inMemory("r1", NOW);
    early.receive(content("m", 10, "t"));
    early.receive(approval);
    node.receive(content("m", 10, "t"), edit("m", 15, "u", Seen.NOTHING.with(stamp(10))));
    node.receive(approval);
    var later = node.tables().content("m").orElseThrow();
    node.receive(early.state().registers().values());
    early.receive(later);
    assertThat(node.tables().content("m")).contains(later);
    assertThat(early.tables().content("m")).contains(later);
  }

  @Test
  void aNodeOwesTheDeleteThatErasedARequestMadeHere() {
    var from = new Origin("n2", "e2", 1);
    node.ledger().apply(pending("p", toStore("x", null), 1));
    node.ledger().receive(delete("x", 30), from, null);
    assertThat(node.tables().pending("p")).isEmpty();
    assertThat(node.tables().recordedHere(Lane.LIFECYCLE, "x")).isTrue();
    node.ledger().receive(delete("y", 30), from, null);
    assertThat(node.tables().recordedHere(Lane.LIFECYCLE, "y")).isFalse();
  }

  @Test
  void aConsensusIsReachedByTheVoteThatIsLastByItsStampInEveryOrder() {
    var pending = pending("p", toStore("x", null), 2);
    var orders =
        inEveryOrder(
            pending,
            vote("p", "ann", true, 20),
            vote("p", "Ann", true, 25),
            vote("p", "bob", true, 30));
    for (var replica : orders) {
      assertThat(replica.tables().content("x").orElseThrow().stamp()).isEqualTo(stamp(30));
    }
  }

  @Test
  void anEditThatIsLaterThanThePromotionStands() {
    var edit = edit("m", 30, "u", Seen.NOTHING.with(stamp(10)));
    node.receive(content("m", 10, "t"), edit);
    node.receive(pending("p", new Action.Promote("m"), 1), vote("p", "ann", true, 20));
    assertThat(node.tables().content("m")).contains(edit);
  }

  @Test
  void anEditOfAnApprovedMemoryIsNotDoneAgain() {
    node.receive(pending("p", toStore("x", null), 1), vote("p", "ann", true, 20));
    var edit = edit("x", 25, "u", Seen.NOTHING.with(stamp(20)));
    node.receive(edit);
    node.receive(vote("p", "bob", true, 30));
    assertThat(node.tables().content("x")).contains(edit);
    assertThat(node.state().changes()).noneMatch(change -> change.startsWith("LOST"));
  }

  @Test
  void anApprovalThatIsHeardOfLateDoesNotUndoAnEdit() {
    var edit = edit("x", 25, "u", Seen.NOTHING.with(stamp(20)));
    node.receive(edit);
    node.receive(pending("p", toStore("x", null), 1), vote("p", "bob", true, 30));
    assertThat(node.tables().content("x")).contains(edit);
  }

  @Test
  void twoApprovalsOnTwoNodesMakeOneMemory() {
    var pending = pending("p", toStore("x", 60L), 1);
    var one = Replica.inMemory("r1", NOW);
    var other = Replica.inMemory("r2", NOW + 77);
    one.receive(pending, vote("p", "ann", true, 20));
    other.receive(pending, vote("p", "bob", true, 21));
    for (var round = 0; round < 2; round++) {
      other.receive(one.state().registers().values());
      one.receive(other.state().registers().values());
    }
    assertThat(one.shared()).isEqualTo(other.shared());
    assertThat(one.state().views()).containsOnlyKeys("x");
  }

  @Test
  void whatWasDeletedInBetweenStaysDeleted() {
    node.receive(content("m", 10, "t"), delete("m", 15), delete("x", 16));
    node.receive(pending("p", new Action.Promote("m"), 1), vote("p", "ann", true, 20));
    node.receive(pending("q", new Action.Delete("m"), 1), vote("q", "ann", true, 21));
    node.receive(vote("r", "ann", true, 22), pending("r", toStore("x", null), 1));
    assertThat(node.state().views()).isEmpty();
    assertThat(node.tables().lifecycle("m")).contains(delete("m", 15));
  }

  @Test
  void aDeleteErasesTheRequestThatMadeTheMemory() {
    var pending = pending("p", toStore("x", null), 1);
    node.receive(pending, vote("p", "ann", true, 20));
    assertThat(node.tables().pending("p")).contains(pending);
    node.receive(delete("x", 30));
    assertThat(node.tables().pending("p")).isEmpty();
    assertThat(node.receive(pending)).isFalse();
    assertThat(node.state().changes()).noneMatch(change -> change.startsWith("PENDING"));
  }

  @Test
  void anApprovalOvertakesARejectionAndARejectedActionIsNotDone() {
    var pending = pending("p", toStore("x", null), 1);
    node.receive(pending, vote("p", "ann", false, 20));
    assertThat(node.state().views()).isEmpty();
    node.receive(vote("p", "bob", true, 30));
    assertThat(node.tables().content("x").orElseThrow().stamp()).isEqualTo(stamp(30));
  }

  @Test
  void aVoteAfterTheExpiryDoesNothing() {
    node.receive(pending("p", toStore("x", null), 1), vote("p", "ann", true, 900));
    assertThat(node.state().views()).isEmpty();
  }

  @Test
  void anApprovedMemoryJoinsTheOneThatHasItsTitle() {
    node.receive(content("m", 10, "requested"));
    node.receive(pending("p", toStore("x", null), 1), vote("p", "ann", true, 20));
    assertThat(node.tables().alias("m", "x")).isPresent();
    assertThat(node.tables().liveUnder("global", "requested", NOW)).hasSize(1);
  }

  @Test
  void anActionThatThisVersionCannotReadIsKeptAndNotDone() {
    for (var payload : List.of("{}", "[]", "x", "{\"action\":\"store\"}", "{\"action\":\"fly\"}")) {
      var pending = PendingAction.of("p" + payload, stamp(5), payload, 1, 900);
      node.receive(pending, vote(pending.id(), "ann", true, 20));
      assertThat(node.tables().pending(pending.id())).contains(pending);
    }
    assertThat(node.state().views()).isEmpty();
  }

  /// Nodes with clocks of their own, each of which got the registers in another order, one by one.
  private static List<Replica> inEveryOrder(Register... registers) {
    var replicas = new ArrayList<Replica>();
    for (var order : orders(List.of(registers))) {
      var number = replicas.size();
      var replica = Replica.inMemory("r" + number, NOW + 1_000L * number);
      order.forEach(replica::receive);
      replicas.add(replica);
    }
    assertThat(replicas.stream().map(Replica::shared).distinct()).hasSize(1);
    return replicas;
  }

  private static List<List<Register>> orders(List<Register> registers) {
    if (registers.isEmpty()) return List.of(List.of());
    var orders = new ArrayList<List<Register>>();
    for (var first : registers) {
      var others = new ArrayList<>(registers);
      others.remove(first);
      for (var rest : orders(others)) {
        var order = new ArrayList<>(List.of(first));
        order.addAll(rest);
        orders.add(order);
      }
    }
    return orders;
  }

  private static PendingAction pending(String id, Action.What what, int approvals) {
    var action = new Action(what, "global", "ann", new Approver.Human());
    return PendingAction.of(id, stamp(5), action.payload(), approvals, 900);
  }

  private static Vote vote(String pending, String voter, boolean approve, long millis) {
    return Vote.of(pending, voter, approve, stamp(millis));
  }

  private static Action.What toStore(String id, @Nullable Long lifeSeconds) {
    return new Action.Store(requested(id), lifeSeconds);
  }

  private static Memory requested(String id) {
    return AnyMemory.plain(id, "requested", "words", at(5));
  }

  private static Instant at(long millis) {
    return Instant.ofEpochMilli(millis);
  }

  /// The stamp of what a vote of that moment makes of a content.
  private static Stamp promotionOf(ContentRegister content, long millis) {
    return stamp(millis).derived(content.stamp(), content.hash().toString().substring(0, 8));
  }
}
