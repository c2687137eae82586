package dev.quorate.memories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quorate.embedding.Model;
import dev.quorate.failure.RequestFailure.Forbidden;
import dev.quorate.failure.RequestFailure.NotFound;
import dev.quorate.governance.Mode;
import dev.quorate.json.Json;
import dev.quorate.memory.Memory;
import dev.quorate.memory.Provenance;
import dev.quorate.memory.Tier;
import dev.quorate.merge.PendingOutcome.State;
import dev.quorate.store.Snapshot;
import dev.quorate.store.Store;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/// Standards, approvals and messages on two nodes that hear of each other late.
class GovernanceMeshTest {
  private final Lifetimes lifetimes = Lifetimes.DEFAULT;
  private final Remembering remembering = new Remembering(lifetimes, Model.off());
  private final Governing governing =
      new Governing(Mode.ENFORCE, remembering, new Forgetting(lifetimes), Quota.NONE);
  private final Approving approving = new Approving();
  private final Standards standards = new Standards();

  @TempDir Path directory;
  private TwoNodes nodes;
  private Store one;
  private Store other;

  @BeforeEach
  void start() {
    nodes = new TwoNodes(directory);
    one = nodes.one;
    other = nodes.other;
  }

  @AfterEach
  void stop() {
    nodes.close();
  }

  private Standards.Outcome govern(Store at, String policy) {
    var governance = (ObjectNode) Json.parse(policy);
    var setting = new Standards.Setting("n", null, null, governance);
    return at.write(transaction -> standards.set(transaction, setting)).value();
  }

  private static Draft draft(String title) {
    return new Draft(
        title,
        "words",
        Tier.SHORT,
        "n",
        List.of(),
        5,
        1.0,
        "api",
        null,
        null,
        "{\"agent_id\":\"ai:ann\"}",
        Provenance.PLAIN);
  }

  /// Requests a store and returns the id of the action.
  private String request(Store at, String title) {
    return switch (at.write(tx -> governing.store(tx, draft(title), OnConflict.ERROR, "ai:ann"))
        .value()) {
      case Gated.Done<Memory> _ -> throw new AssertionError("it was not held");
      case Gated.Held<Memory>(var pending) -> pending.id();
    };
  }

  private String approve(Store at, String id, String agent) {
    return switch (at.write(tx -> approving.approve(tx, id, agent)).value()) {
      case Approving.Approval.Executed(var memoryId, var done) -> {
        assertThat(done).isTrue();
        yield memoryId;
      }
      case Approving.Approval.Counted _ -> "";
    };
  }

  private PendingRow row(Store at, String id) {
    return at.read(snapshot -> approving.list(snapshot, null, null, 100)).rows().stream()
        .filter(row -> row.pending().id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static String content(Store at, String id) {
    return at.read(snapshot ->
        snapshot.memory(id).map(stored -> stored.stamp() + stored.body()).orElse("none"));
  }

  @Test
  void whatIsApprovedOnOneNodeIsTheSameRowOnBoth() {
    govern(one, "{\"write\":\"approve\"}");
    var id = request(one, "T");
    nodes.exchange();
    var memoryId = approve(other, id, "ai:bob");
    assertThat(content(one, memoryId)).isEqualTo("none");
    nodes.exchange();
    assertThat(content(one, memoryId)).isEqualTo(content(other, memoryId)).isNotEqualTo("none");
    assertThat(one.read(Snapshot::digest)).isEqualTo(other.read(Snapshot::digest));
    assertThatThrownBy(() -> approve(one, id, "ai:cy")).isInstanceOf(Forbidden.class);
  }

  @Test
  void anApprovalOnOneNodeOverrulesTheRejectionOnTheOtherWhichSeesSo() {
    govern(one, "{\"write\":\"approve\"}");
    var id = request(one, "T");
    nodes.exchange();
    one.write(transaction -> {
      approving.reject(transaction, id, "ai:cy");
      return true;
    });
    var memoryId = approve(other, id, "ai:bob");
    assertThat(row(one, id).outcome().state()).isEqualTo(State.REJECTED);
    nodes.exchange();
    for (var node : List.of(one, other)) {
      var row = row(node, id);
      assertThat(row.outcome().state()).isEqualTo(State.APPROVED);
      assertThat(Objects.requireNonNull(row.outcome().deciding()).voter()).isEqualTo("ai:bob");
      assertThat(row.rejections()).hasSize(1);
      assertThat(content(node, memoryId)).isNotEqualTo("none");
    }
  }

  @Test
  void theVotesOfAConsensusAddUpAcrossNodesAndNobodyHasToAskAgain() {
    govern(one, "{\"write\":\"approve\",\"approver\":{\"consensus\":2}}");
    for (var agent : List.of("ai:bob", "ai:cy")) {
      one.write(tx -> new Agents(remembering).register(tx, agent, "human", List.of()));
    }
    var id = request(one, "T");
    nodes.exchange();
    assertThat(approve(one, id, "ai:bob")).isEmpty();
    assertThat(approve(other, id, "ai:cy")).isEmpty();
    nodes.exchange();
    var memoryId = row(one, id).action().what().memoryId();
    assertThat(content(one, memoryId)).isEqualTo(content(other, memoryId)).isNotEqualTo("none");
    assertThat(one.read(Snapshot::digest)).isEqualTo(other.read(Snapshot::digest));
  }

  @Test
  void aDeleteOfWhatWasApprovedErasesTheRequestOnBoth() {
    govern(one, "{\"write\":\"approve\"}");
    var id = request(one, "T");
    nodes.exchange();
    var memoryId = approve(other, id, "ai:bob");
    other.write(transaction -> {
      transaction.delete(memoryId, null);
      return true;
    });
    nodes.exchange();
    for (var node : List.of(one, other)) {
      var pending = node.read(snapshot -> snapshot.pending(id));
      assertThat(pending).isEmpty();
      assertThat(content(node, memoryId)).isEqualTo("none");
    }
    assertThat(one.read(Snapshot::digest)).isEqualTo(other.read(Snapshot::digest));
  }

  @Test
  void aStandardAndItsMemoryTravelTogetherAndTheLaterOneHoldsOnBoth() {
    var set = one.write(tx -> standards.set(tx, new Standards.Setting("n", null, null, null)));
    assertThat(set.made().stream().map(made -> made.lane().name()))
        .containsExactly("CONTENT", "STANDARD");
    var together =
        one.read(snapshot -> snapshot.changes().after(0, 10)).stream()
            .map(change -> Objects.requireNonNull(change.together()))
            .distinct();
    assertThat(together).hasSize(1);
    govern(other, "{\"write\":\"owner\"}");
    nodes.exchange();
    for (var node : List.of(one, other)) {
      var standard = node.read(snapshot -> StandardsInForce.of(snapshot, "n")).orElseThrow();
      assertThat(standard.memory().id())
          .isEqualTo(
              other
                  .read(snapshot -> StandardsInForce.of(snapshot, "n"))
                  .orElseThrow()
                  .memory()
                  .id());
    }
    one.write(transaction -> standards.clear(transaction, "n"));
    nodes.exchange();
    assertThat(standard(other)).isEmpty();
    assertThat(one.read(Snapshot::digest)).isEqualTo(other.read(Snapshot::digest));
  }

  /// The body of the memory that is the standard of `n`.
  private static Optional<String> standard(Store at) {
    return at.read(
        snapshot -> StandardsInForce.of(snapshot, "n").map(standard -> standard.memory().body()));
  }

  @Test
  void messagesOfOneTitleStayTwoAndWhatOneNodeShowedIsReadOnTheOther() {
    var letter = new Messages.Letter("ai:ann", "ai:bob", "ping", "hello", 5, Tier.MID);
    for (var node : List.of(one, other)) {
      node.write(tx -> new Messages(node, lifetimes).deliver(tx, letter));
    }
    nodes.exchange();
    var here = new Messages(one, lifetimes);
    var there = new Messages(other, lifetimes);
    assertThat(here.inbox("ai:bob", true, 50, _ -> {}).messages())
        .hasSize(2)
        .noneMatch(Messages.Message::read);
    // Both nodes may show them at once.
    assertThat(there.inbox("ai:bob", true, 50, _ -> {}).messages()).hasSize(2);
    nodes.exchange();
    for (var messages : List.of(here, there)) {
      assertThat(messages.inbox("ai:bob", true, 50, _ -> {}).messages()).isEmpty();
      assertThat(messages.inbox("ai:bob", false, 50, _ -> {}).messages())
          .hasSize(2)
          .allMatch(message -> message.read() && message.title().equals("ping"));
    }
    assertThat(one.read(Snapshot::digest)).isEqualTo(other.read(Snapshot::digest));
  }

  @Test
  void aDecisionOnWhatNobodyHeardOfIsRefused() {
    assertThatThrownBy(() -> approve(one, "nothing", "ai:bob"))
        .hasMessage("approve rejected: pending action not found");
    assertThatThrownBy(() ->
            one.write(transaction -> {
              approving.reject(transaction, "nothing", "ai:bob");
              return true;
            }))
        .isInstanceOf(NotFound.class);
  }
}
