package dev.quorate.memories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.embedding.Model;
import dev.quorate.governance.Action;
import dev.quorate.governance.Approver;
import dev.quorate.memory.AnyMemory;
import dev.quorate.memory.Memory;
import dev.quorate.memory.Relation;
import dev.quorate.merge.PendingAction;
import dev.quorate.merge.StandardRegister;
import dev.quorate.store.Store;
import dev.quorate.store.Transaction;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What was done on one node and is asked for again on another: that one has nothing to do, and
/// answers for what it found.
class FoundThereTest {
  private static final Instant CREATED = Instant.parse("2025-06-01T00:00:00Z");

  private final Remembering remembering = new Remembering(Lifetimes.DEFAULT, Model.off());
  private final Linking linking = new Linking();
  private final Standards standards = new Standards();
  private final Approving approving = new Approving();

  @TempDir Path directory;
  private TwoNodes nodes;

  @BeforeEach
  void start() {
    nodes = new TwoNodes(directory);
    on(nodes.one, transaction -> List.of("a", "b").forEach(id -> transaction.save(memory(id))));
  }

  @AfterEach
  void stop() {
    nodes.close();
  }

  @Test
  void anEditThatChangesNothing() {
    nodes.exchange();
    var found = on(nodes.other, tx -> remembering.revise(tx, "a", Edit.NOTHING, Condition.NONE));
    assertThat(found).containsExactly("CONTENT a");
  }

  @Test
  void aLinkThatIsThere() {
    on(nodes.one, this::link);
    nodes.exchange();
    assertThat(on(nodes.other, this::link)).containsExactly("LINK a b related_to");
  }

  @Test
  void aLinkThatIsGone() {
    on(nodes.one, this::link);
    on(nodes.one, transaction -> linking.unlink(transaction, "a", "b"));
    nodes.exchange();
    assertThat(on(nodes.other, transaction -> linking.unlink(transaction, "a", "b")))
        .containsExactly("LINK a b related_to");
  }

  @Test
  void aStandardThatIsCleared() {
    on(
        nodes.one,
        transaction ->
            transaction.merge(StandardRegister.of("ns", transaction.stamp(), null, null)));
    nodes.exchange();
    assertThat(on(nodes.other, transaction -> standards.clear(transaction, "ns")))
        .containsExactly("STANDARD ns");
  }

  @Test
  void aVoteThatIsCast() {
    var action = new Action(new Action.Delete("a"), "global", "ai:ann", new Approver.Consensus(2));
    on(
        nodes.one,
        transaction -> {
          new Agents(remembering).register(transaction, "ai:bob", "human", List.of());
          var stamp = transaction.stamp();
          var until = stamp.millis() + Governing.DECISION_TIME.toMillis();
          transaction.merge(PendingAction.of("p", stamp, action.payload(), 2, until));
          approving.approve(transaction, "p", "ai:bob");
        });
    nodes.exchange();
    assertThat(on(nodes.other, transaction -> approving.approve(transaction, "p", "ai:bob")))
        .singleElement()
        .asString()
        .startsWith("VOTE p ");
  }

  @Test
  void anImportOfWhatIsThere() {
    nodes.exchange();
    var importing = new Importing("n2", remembering, linking);
    var items = List.of(new Importing.Item(memory("a"), CREATED, 0));
    assertThat(on(nodes.other, transaction -> importing.take(transaction, items, List.of())))
        .containsExactly("CONTENT a");
  }

  @Test
  void anImportOfWhatIsThereUnderAnotherId() {
    nodes.exchange();
    var importing = new Importing("n2", remembering, linking);
    var items = List.of(new Importing.Item(memory("a").withId("z"), CREATED, 0));
    assertThat(on(nodes.other, transaction -> importing.take(transaction, items, List.of())))
        .containsExactly("CONTENT a");
  }

  private void link(Transaction transaction) {
    linking.link(transaction, "a", "b", Relation.RELATED_TO, null, null);
  }

  /// Runs a mutation. Returns the registers that it answers for.
  private static List<String> on(Store store, Consumer<Transaction> mutation) {
    var committed =
        store.write(transaction -> {
          mutation.accept(transaction);
          return true;
        });
    return committed.made().stream()
        .map(made -> made.lane() + " " + made.key().replace('\n', ' '))
        .toList();
  }

  private static Memory memory(String id) {
    return AnyMemory.plain(id, "title of " + id, "words", CREATED);
  }
}
