package dev.quorate.federation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.governance.Action;
import dev.quorate.governance.Approver;
import dev.quorate.memory.AnyMemory;
import dev.quorate.memory.Link;
import dev.quorate.memory.Memory;
import dev.quorate.memory.Relation;
import dev.quorate.merge.PendingAction;
import dev.quorate.merge.Vote;
import dev.quorate.quorum.Verdict;
import dev.quorate.settings.PeerSettings;
import dev.quorate.store.Store;
import dev.quorate.store.Transaction;
import dev.quorate.store.sqlite.SqliteStore;
import dev.quorate.store.sqlite.StoreOptions;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The state of a peer without our protocol becomes that of this node, n1, in the words it has.
@Timeout(60)
class OldPeerTellingTest {
  private static final Instant EARLY = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir Path directory;
  private final OldPeer peer = new OldPeer();
  private Store store;
  private Federation federation;

  @BeforeEach
  void prepare() {
    store = SqliteStore.open(directory, "n1", StoreOptions.readers(1), InstantSource.system());
    federation = Federations.of(store, PeerSettings.replica(peer.address()), peer);
  }

  @AfterEach
  void stop() {
    assertThat(federation.quarantine()).isEmpty();
    assertThat(peer.changedTwiceInOneBody()).isEmpty();
    federation.close();
    store.close();
  }

  private static Memory memory(String id, String title, int createdSecond) {
    return AnyMemory.plain(id, title, "words of " + id, EARLY.plusSeconds(createdSecond));
  }

  private void committed(Consumer<Transaction> edit) {
    store.write(transaction -> {
      edit.accept(transaction);
      return true;
    });
  }

  /// The same, and the peer has all of it.
  private void told(Consumer<Transaction> edit) {
    var committed =
        store.write(transaction -> {
          edit.accept(transaction);
          return true;
        });
    assertThat(federation.settle(committed)).isInstanceOf(Verdict.Met.class);
  }

  @Test
  void twinsAreOneMemoryThereUnderTheIdThatStands() {
    federation.start();
    // The peer knows the younger first, and so merges what stands into its row.
    told(transaction -> transaction.save(memory("young", "T", 9)));
    told(transaction -> transaction.save(memory("old", "T", 1)));
    String shown = store.read(snapshot -> snapshot.memory("young").orElseThrow().id());
    assertThat(shown).isEqualTo("old");
    assertThat(peer.contents()).isEqualTo(Map.of("old", "words of old"));
  }

  @Test
  void aMemoryThatWasRenamedOntoAnotherIsOneMemoryThere() {
    federation.start();
    told(transaction -> transaction.save(memory("young", "Kept", 9)));
    told(transaction -> transaction.save(memory("old", "Other", 1)));
    assertThat(peer.held()).containsExactlyInAnyOrder("young", "old");
    told(transaction -> transaction.save(memory("young", "Other", 9)));
    assertThat(peer.contents()).isEqualTo(Map.of("old", "words of young"));
  }

  @Test
  void aMemoryThatWasRenamedAndStandsForAnotherIsThereUnderItsNewTitle() {
    federation.start();
    told(transaction -> transaction.save(memory("old", "Former", 1)));
    told(transaction -> transaction.save(memory("young", "Title", 9)));
    told(transaction -> transaction.save(memory("old", "Title", 1)));
    assertThat(peer.contents()).isEqualTo(Map.of("old", "words of old"));
  }

  @Test
  void linksOfTheIdsThatLostGoOnUnderTheOneThatStands() {
    federation.start();
    told(transaction -> {
      transaction.save(memory("young", "T", 9));
      transaction.save(memory("other", "O", 5));
      transaction.link(link("young", "other"));
    });
    assertThat(peer.links()).containsExactly("young other");
    told(transaction -> transaction.save(memory("old", "T", 1)));
    assertThat(peer.links()).containsExactly("old other");
    told(transaction -> transaction.link(link("other", "young")));
    assertThat(peer.links()).containsExactlyInAnyOrder("old other", "other old");
  }

  private static Link link(String source, String target) {
    return new Link(source, target, Relation.RELATED_TO, EARLY, null, null, null, null);
  }

  @Test
  void whatHappensToAMemoryOfSeveralIdsHappensToTheOneThere() {
    federation.start();
    told(transaction -> transaction.save(memory("young", "T", 9)));
    told(transaction -> transaction.save(memory("old", "T", 1)));
    told(transaction -> transaction.archive("young", "done"));
    assertThat(peer.held()).isEmpty();
    assertThat(peer.archived()).containsExactly("old");
    told(transaction -> transaction.revive("young"));
    assertThat(peer.held()).containsExactly("old");
    assertThat(peer.archived()).isEmpty();
    told(transaction -> transaction.delete("young", null));
    assertThat(peer.held()).isEmpty();
  }

  @Test
  void whatChangedSeveralTimesWhileThePeerWasAwayComesInAnOrderThatItUnderstands() {
    committed(transaction -> transaction.save(memory("a", "A", 1)));
    committed(transaction -> transaction.archive("a", "done"));
    committed(transaction -> transaction.save(memory("b", "B", 1)));
    committed(transaction -> transaction.archive("b", "done"));
    committed(transaction -> transaction.revive("b"));
    committed(transaction -> transaction.save(memory("young", "T", 9)));
    committed(transaction -> transaction.link(link("young", "b")));
    committed(transaction -> transaction.save(memory("old", "T", 1)));
    federation.start();
    told(transaction -> transaction.save(memory("last", "L", 1)));
    assertThat(peer.held()).containsExactlyInAnyOrder("b", "old", "last");
    assertThat(peer.archived()).containsExactly("a");
    assertThat(peer.links()).containsExactly("old b");
  }

  @Test
  void anApprovedStoreIsOneRowThereUnderItsIdHere() {
    federation.start();
    told(transaction -> transaction.merge(asks(transaction, "p", 1)));
    assertThat(peer.asked()).containsOnlyKeys("p");
    told(transaction -> transaction.merge(vote(transaction, "ai:bob", true)));
    assertThat(peer.contents()).isEqualTo(Map.of("made", "words of made"));
    assertThat(peer.decided()).isEqualTo(Map.of("p", true));
    assertThat(peer.texts())
        .filteredOn(text -> text.contains("pending_decisions"))
        .hasSize(1)
        .allMatch(text -> text.contains("\"id\":\"made\""));
  }

  @Test
  void whatWasAskedForAndApprovedWhileThePeerWasAwayIsOneRowThere() {
    committed(transaction -> transaction.merge(asks(transaction, "p", 1)));
    committed(transaction -> transaction.merge(vote(transaction, "ai:bob", true)));
    committed(transaction -> transaction.save(memory("made", "Approved, then edited", 1)));
    federation.start();
    told(transaction -> transaction.save(memory("last", "L", 1)));
    assertThat(peer.decided()).isEqualTo(Map.of("p", true));
    assertThat(peer.held()).contains("made", "last");
  }

  @Test
  void onlyTheVoteThatDecidesIsADecisionThere() {
    federation.start();
    told(transaction -> transaction.merge(asks(transaction, "p", 2)));
    told(transaction -> transaction.merge(vote(transaction, "ai:bob", true)));
    assertThat(peer.decided()).isEmpty();
    assertThat(peer.held()).isEmpty();
    assertThat(peer.asked().values())
        .flatExtracting(asked -> asked.approvals())
        .extracting(approval -> approval.agentId())
        .containsExactly("ai:bob");
    told(transaction -> transaction.merge(vote(transaction, "ai:eve", true)));
    assertThat(peer.decided()).isEqualTo(Map.of("p", true));
    assertThat(peer.held()).isEqualTo(Set.of("made"));
  }

  @Test
  void whatThePeerMadeIsReadAndNotSentBackToIt() throws InterruptedException {
    peer.makes("m", "T", "words", EARLY);
    var read = new CountDownLatch(1);
    store.onCommit(_ -> read.countDown());
    federation.start();
    assertThat(read.await(20, TimeUnit.SECONDS)).isTrue();
    told(transaction -> transaction.save(memory("last", "L", 1)));
    assertThat(peer.held()).containsExactlyInAnyOrder("m", "last");
    assertThat(peer.texts()).noneMatch(text -> text.contains("\"id\":\"m\""));
    String content = store.read(s -> s.memory("m").orElseThrow().memory().content());
    assertThat(content).isEqualTo("words");
  }

  @Test
  void aRejectionIsOneThere() {
    federation.start();
    told(transaction -> transaction.merge(asks(transaction, "p", 1)));
    told(transaction -> transaction.merge(vote(transaction, "ai:bob", false)));
    assertThat(peer.decided()).isEqualTo(Map.of("p", false));
    assertThat(peer.held()).isEmpty();
  }

  private static PendingAction asks(Transaction transaction, String id, int approvals) {
    var what = new Action.Store(memory("made", "Made", 1), null);
    var action = new Action(what, "global", "ai:ann", new Approver.Human());
    return PendingAction.of(id, transaction.stamp(), action.payload(), approvals, Long.MAX_VALUE);
  }

  private static Vote vote(Transaction transaction, String voter, boolean approve) {
    return Vote.of("p", voter, approve, transaction.stamp());
  }
}
