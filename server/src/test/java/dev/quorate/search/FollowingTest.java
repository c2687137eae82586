package dev.quorate.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.memory.Body;
import dev.quorate.memory.Link;
import dev.quorate.memory.Relation;
import dev.quorate.merge.ContentRegister;
import dev.quorate.merge.Seen;
import dev.quorate.search.SearchQuery.Mode;
import dev.quorate.time.Stamp;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What happens to a memory happens to what a search finds.
class FollowingTest {
  @TempDir Path directory;
  private Library library;

  @BeforeEach
  void open() {
    library = new Library(directory);
  }

  @AfterEach
  void close() {
    library.close();
  }

  @Test
  void anEmptyStoreHasNoHits() {
    assertThat(library.any("anything")).isEmpty();
    assertThat(library.index().documents()).isZero();
  }

  @Test
  void anUpdateReplacesWhatIsFound() {
    library.with(Sketch.of("m").content("blue"));
    assertThat(library.all("blue")).containsExactly("m");
    library.with(Sketch.of("m").content("green"));
    assertThat(library.all("blue")).isEmpty();
    assertThat(library.all("green")).containsExactly("m");
    assertThat(library.index().documents()).isEqualTo(1);
  }

  @Test
  void aDeletedMemoryIsGone() {
    library.with(Sketch.of("m"));
    assertThat(library.all("content")).containsExactly("m");
    library.delete("m");
    assertThat(library.all("content")).isEmpty();
    assertThat(library.index().documents()).isZero();
  }

  @Test
  void anArchivedMemoryIsNotFoundUntilItIsRestored() {
    library.with(Sketch.of("m"));
    library.archive("m");
    assertThat(library.all("content")).isEmpty();
    library.revive("m");
    assertThat(library.all("content")).containsExactly("m");
  }

  @Test
  void anExpiredMemoryIsNotFoundFromThatMillisecondOn() {
    var expiry = Instant.parse("2026-03-02T13:00:00Z");
    library.with(Sketch.of("m").expiresAt(expiry), Sketch.of("stays"));
    library.sleepUntil(expiry.minusMillis(1));
    assertThat(library.all("content")).containsExactlyInAnyOrder("m", "stays");
    library.sleepUntil(expiry);
    assertThat(library.all("content")).containsExactly("stays");
  }

  @Test
  void expiredMemoriesDoNotTakeThePlacesOfOthers() {
    var expiry = Instant.parse("2026-03-02T13:00:00Z");
    for (var i = 0; i < 200; i++) {
      library.with(Sketch.of("x" + i).content("needle").priority(10).expiresAt(expiry));
    }
    library.with(Sketch.of("m").content("needle and much that is not one"));
    library.sleepUntil(expiry);
    for (var mode : Mode.values()) {
      var query = new SearchQuery("needle", mode, Filter.NONE, 1);
      assertThat(library.index().search(query)).extracting(Hit::id).containsExactly("m");
    }
  }

  @Test
  void anExpiredMemoryThatIsRestoredOrEditedIsFoundAgain() {
    var expiry = Instant.parse("2026-03-02T13:00:00Z");
    library.with(Sketch.of("revived").expiresAt(expiry), Sketch.of("edited").expiresAt(expiry));
    library.sleepUntil(expiry.plusSeconds(60));
    assertThat(library.all("content")).isEmpty();
    library.revive("revived");
    library.with(Sketch.of("edited").expiresAt(expiry.plus(Duration.ofDays(1))));
    assertThat(library.all("content")).containsExactlyInAnyOrder("revived", "edited");
    library.sleepUntil(expiry.plus(Duration.ofDays(2)));
    assertThat(library.all("content")).containsExactly("revived");
  }

  @Test
  void changesThatAreNoMemoriesAreFollowedToo() {
    library.with(Sketch.of("a"), Sketch.of("b"));
    var at = Sketch.CREATED;
    library
        .store()
        .write(transaction -> {
          transaction.link(new Link("a", "b", Relation.RELATED_TO, at, null, null, null, null));
          return "linked";
        });
    assertThat(library.all("content")).containsExactlyInAnyOrder("a", "b");
    assertThat(library.index().indexedSequence()).isEqualTo(library.store().committedSequence());
  }

  @Test
  void twoIdsThatAreOneMemoryAreOneHit() {
    library.with(Sketch.of("z-first").title("same").content("blue"));
    assertThat(library.all("same")).containsExactly("z-first");
    var later = Sketch.of("a-second").title("same").content("green");
    var twin = later.createdAt(Sketch.CREATED.plusSeconds(1)).memory();
    merge(twin.id(), Body.write(twin));
    assertThat(library.all("same")).containsExactly("z-first");
    assertThat(library.all("green")).containsExactly("z-first");
    assertThat(library.all("blue")).isEmpty();
    library.delete("a-second");
    assertThat(library.all("same")).isEmpty();
    assertThat(library.index().documents()).isZero();
  }

  private void merge(String id, String body) {
    var stamp = Stamp.of(Instant.parse("2026-03-02T12:00:01Z").toEpochMilli(), 0, "node-2");
    library.store().write(t -> t.merge(ContentRegister.of(id, stamp, Seen.NOTHING, body)));
  }

  @Test
  void manyChangesToOneMemoryInOneTransactionEndAsTheLast() {
    library
        .store()
        .write(transaction -> {
          for (var i = 0; i < 300; i++) {
            transaction.save(Sketch.of("m").content("round" + i).memory());
          }
          transaction.save(Sketch.of("gone").memory());
          transaction.delete("gone", null);
          return "done";
        });
    assertThat(library.all("round299")).containsExactly("m");
    assertThat(library.any("round0 round1 gone")).isEmpty();
  }

  @Test
  void whatWasIndexedBeforeIsFoundInEveryFilterAfterItMoved() {
    library.with(Sketch.of("m").namespace("old"));
    assertThat(library.find("content", Mode.ALL, Filter.in("old"))).containsExactly("m");
    library.with(Sketch.of("m").namespace("new"));
    assertThat(library.find("content", Mode.ALL, Filter.in("old"))).isEmpty();
    assertThat(library.find("content", Mode.ALL, Filter.in("new"))).containsExactly("m");
  }
}
