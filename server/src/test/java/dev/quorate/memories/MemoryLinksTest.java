package dev.quorate.memories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quorate.failure.RequestFailure.Conflict;
import dev.quorate.memory.AnyMemory;
import dev.quorate.memory.Link;
import dev.quorate.memory.Relation;
import dev.quorate.store.Store;
import dev.quorate.store.Transaction;
import dev.quorate.store.sqlite.SqliteStore;
import dev.quorate.store.sqlite.StoreOptions;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A memory with more links than anybody reads at once.
class MemoryLinksTest {
  private static final int MANY = 1_100;

  @TempDir Path directory;
  private Store store;

  @BeforeEach
  void open() {
    store = SqliteStore.open(directory, "n1", StoreOptions.readers(1), InstantSource.system());
    store.write(transaction -> save(transaction, "hub"));
    store.write(transaction -> save(transaction, "other"));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void aLookAtAMemoryShowsAThousandOfThemAndSaysSo() {
    linkMany(Relation.RELATED_TO);
    var links = store.read(snapshot -> MemoryLinks.of(snapshot, "hub"));
    assertThat(links.links()).hasSize(MemoryLinks.LINKS_MAX);
    assertThat(links.truncated()).isTrue();
    var ofOne = store.read(snapshot -> MemoryLinks.of(snapshot, "m7"));
    assertThat(ofOne.links()).hasSize(1);
    assertThat(ofOne.truncated()).isFalse();
  }

  @Test
  void linksThatLeadAwayHideNoneThatLeadHere() {
    linkMany(Relation.RELATED_TO);
    store.write(transaction -> link(transaction, "other", "hub", Relation.RELATED_TO));
    var links = store.read(snapshot -> MemoryLinks.of(snapshot, "hub")).links();
    assertThat(links).anyMatch(stored -> stored.link().sourceId().equals("other"));
  }

  @Test
  void whoeverVisitsAllSeesEachOnceThoughTwoOfAGroupSayTheSame() {
    linkMany(Relation.RELATED_TO);
    // Two of one title are one memory, and both are linked from the hub.
    store.write(transaction -> {
      transaction.save(AnyMemory.plain("twin", "title of m7", "words", Instant.EPOCH));
      return link(transaction, "hub", "twin", Relation.RELATED_TO);
    });
    var seen = new ArrayList<String>();
    store.read(snapshot -> {
      snapshot.links().forEach(link -> seen.add(link.sourceId() + " " + link.targetId()));
      return true;
    });
    assertThat(seen).hasSize(MANY).hasSameElementsAs(new HashSet<>(seen));
  }

  @Test
  void aReflectionIsRefusedWhereACircleCannotBeRuledOut() {
    linkMany(Relation.RELATED_TO);
    assertThat(reflect("other", "hub")).isTrue();
    store.write(transaction -> {
      for (var i = 0; i <= Traversal.LINKS_MAX; i++) {
        link(transaction, "hub", "gone-" + i, Relation.REFLECTS_ON);
      }
      return true;
    });
    assertThatThrownBy(() -> reflect("m1", "hub"))
        .isInstanceOf(Conflict.class)
        .hasMessage(
            "more than 10000 reflects_on links lead on from target_id, too many to rule out a circle");
    assertThatThrownBy(() -> reflect("hub", "other"))
        .isInstanceOf(Conflict.class)
        .hasMessage("this reflects_on link would close a circle");
  }

  private boolean reflect(String source, String target) {
    return store
        .write(transaction ->
            new Linking().link(transaction, source, target, Relation.REFLECTS_ON, null, null))
        .value();
  }

  private void linkMany(Relation relation) {
    store.write(transaction -> {
      for (var i = 0; i < MANY; i++) {
        save(transaction, "m" + i);
        link(transaction, "hub", "m" + i, relation);
      }
      return true;
    });
  }

  private static boolean link(
      Transaction transaction, String source, String target, Relation relation) {
    var now = transaction.stamp().instant();
    transaction.link(new Link(source, target, relation, now, now, null, null, null));
    return true;
  }

  private static boolean save(Transaction transaction, String id) {
    transaction.save(AnyMemory.plain(id, "title of " + id, "words", Instant.EPOCH));
    return true;
  }
}
