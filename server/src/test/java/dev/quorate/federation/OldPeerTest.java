package dev.quorate.federation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.memory.AnyMemory;
import dev.quorate.memory.Link;
import dev.quorate.memory.Relation;
import dev.quorate.quorum.Miss;
import dev.quorate.quorum.Verdict;
import dev.quorate.settings.PeerSettings;
import dev.quorate.store.Store;
import dev.quorate.store.sqlite.SqliteStore;
import dev.quorate.store.sqlite.StoreOptions;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A node n1 and what it sends to a peer without our protocol.
@Timeout(60)
class OldPeerTest {
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
    federation.close();
    store.close();
  }

  @Test
  void anOldPeerCountsForAWriteAndGetsNothingThatItDoesNotKnow() {
    federation.start();
    assertThat(written("m1")).isEqualTo(new Verdict.Met(List.of("n1", peer.address().toString())));
    assertThat(peer.held()).containsExactly("m1");
    assertThat(peer.texts()).isNotEmpty().noneMatch(text -> text.contains("\"quorate\""));
  }

  @Test
  void whatAnOldPeerSkipsIsFoundByOneByOneAndHoldsUpNothing() {
    peer.dislike("m2");
    for (var id : List.of("m1", "m2", "m3")) save(id);
    federation.start();
    assertThat(written("m4")).isInstanceOf(Verdict.Met.class);
    assertThat(peer.held()).containsExactlyInAnyOrder("m1", "m3", "m4");
    assertThat(federation.quarantine())
        .extracting(item -> item.key() + ": " + item.reason())
        .containsExactly("m2: skipped by the peer");
  }

  @Test
  void whatAnOldPeerHasNoListForIsSetAsideAndTheRestIsHeld() {
    save("a");
    save("b");
    store.write(transaction -> {
      transaction.link(
          new Link("a", "b", Relation.RELATED_TO, Instant.EPOCH, null, null, null, null));
      transaction.unlink("a", "b", "related_to");
      return true;
    });
    federation.start();
    assertThat(written("m")).isInstanceOf(Verdict.Met.class);
    assertThat(peer.held()).containsExactlyInAnyOrder("a", "b", "m");
    assertThat(federation.quarantine())
        .extracting(item -> item.lane() + ": " + item.reason())
        .containsExactly("LINK: unsupported");
  }

  @Test
  void whatAnOldPeerHasNoListForIsSetAsideThoughItRefusesAllThatItWasSent() {
    peer.dislike("m");
    var committed =
        store.write(transaction -> {
          transaction.unlink("a", "b", "related_to");
          return true;
        });
    save("m");
    federation.start();
    assertThat(federation.settle(committed)).isInstanceOf(Verdict.NotMet.class);
    assertThat(federation.quarantine())
        .extracting(item -> item.lane() + ": " + item.reason())
        .containsExactlyInAnyOrder("LINK: unsupported", "CONTENT: skipped by the peer");
  }

  @Test
  void ofOneOperationAnOldPeerMayRefuseAPartAndHaveNoListForTheRest() {
    peer.dislike("m");
    peer.dislike("n");
    store.write(transaction -> {
      transaction.together();
      for (var id : List.of("m", "n")) {
        transaction.save(AnyMemory.plain(id, "title of " + id, "words", Instant.EPOCH));
      }
      transaction.unlink("a", "b", "related_to");
      return true;
    });
    federation.start();
    assertThat(written("o")).isInstanceOf(Verdict.Met.class);
    assertThat(federation.quarantine())
        .extracting(item -> item.lane() + ": " + item.reason())
        .containsExactlyInAnyOrder(
            "CONTENT: skipped by the peer", "CONTENT: skipped by the peer", "LINK: unsupported");
  }

  @Test
  void anAnswerWithoutTheIdThatWasSentIsADriftAndNoHold() {
    peer.drift();
    federation.start();
    assertThat(written("m1"))
        .isEqualTo(
            new Verdict.NotMet(
                List.of("n1"), 2, Miss.ID_DRIFT, Map.of(peer.address().toString(), Miss.ID_DRIFT)));
    assertThat(federation.quarantine()).isEmpty();
  }

  /// Saves a memory and waits for its quorum.
  private Verdict written(String id) {
    return federation.settle(save(id));
  }

  private Store.Committed<Boolean> save(String id) {
    return store.write(transaction -> {
      transaction.save(AnyMemory.plain(id, "title of " + id, "words", Instant.EPOCH));
      return true;
    });
  }
}
