package dev.quorate.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.quorate.embedding.Vector;
import dev.quorate.memory.Tier;
import dev.quorate.merge.AliasFact;
import dev.quorate.time.Timestamps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is found by meaning, whatever came before what.
class MeaningTest {
  private static final Vector ASKED = Meanings.of(0);
  private static final String CREATED = Timestamps.render(Sketch.CREATED);

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
  void theNearestIsFirstAndWhatIsFarIsNotFound() {
    library.with(Sketch.of("far"), Sketch.of("near"), Sketch.of("nearer"), Sketch.of("without"));
    Meanings.give(library, "near", Meanings.of(40));
    Meanings.give(library, "nearer", Meanings.of(10));
    Meanings.give(library, "far", Meanings.of(85));
    assertThat(nearest(Filter.NONE)).containsExactly("nearer", "near");
  }

  @Test
  void theNearestIsAmongFewHoweverOldAndUnimportantItIs() {
    for (var i = 0; i < 60; i++) {
      library.with(Sketch.of("fresh" + i).priority(10));
      Meanings.give(library, "fresh" + i, Meanings.of(40));
    }
    var old = Sketch.CREATED.minus(Duration.ofDays(900));
    library.with(Sketch.of("old").priority(1).tier(Tier.SHORT).createdAt(old));
    Meanings.give(library, "old", Meanings.of(18));
    var best = new RecallQuery(null, Meanings.asked(ASKED), Filter.NONE, 50);
    assertThat(ids(library.index().recall(best))).hasSize(50).doesNotContain("old");
    var nearest =
        library.index().recall(RecallQuery.nearest(Meanings.asked(ASKED), Filter.NONE, 50));
    assertThat(ids(nearest)).hasSize(50).startsWith("old");
  }

  @Test
  void aVectorThatCameBeforeItsMemoryCountsOnceTheMemoryIsThere() {
    Meanings.give(library, "a", ASKED);
    assertThat(nearest(Filter.NONE)).isEmpty();
    library.with(Sketch.of("a"));
    assertThat(nearest(Filter.NONE)).containsExactly("a");
  }

  @Test
  void theOldVectorServesUntilThereIsANewOne() {
    library.with(Sketch.of("a"));
    Meanings.give(library, "a", ASKED);
    library.save(Sketch.of("a").content("changed").memory());
    assertThat(nearest(Filter.NONE)).containsExactly("a");
    Meanings.give(library, "a", Meanings.of(90));
    assertThat(nearest(Filter.NONE)).isEmpty();
  }

  @Test
  void whatIsDeletedOrArchivedIsNotFoundAndComesBackWithItsVector() {
    library.with(Sketch.of("deleted"), Sketch.of("archived"));
    Meanings.give(library, "deleted", ASKED);
    Meanings.give(library, "archived", ASKED);
    library.delete("deleted");
    library.archive("archived");
    assertThat(nearest(Filter.NONE)).isEmpty();
    library.revive("archived");
    assertThat(nearest(Filter.NONE)).containsExactly("archived");
  }

  @Test
  void vectorsOfAnotherModelOrDimensionAreLeftOut() {
    library.with(Sketch.of("other"), Sketch.of("wide"), Sketch.of("ours"));
    Meanings.give(library, "other", ASKED, "another-model");
    var values = new float[2_000];
    values[0] = 1;
    Meanings.give(library, "wide", Vector.of(values));
    Meanings.give(library, "ours", ASKED);
    assertThat(nearest(Filter.NONE)).containsExactly("ours");
    var wide = new RecallQuery(null, Meanings.asked(Vector.of(values)), Filter.NONE, 10);
    assertThat(ids(library.index().recall(wide))).containsExactly("wide");
  }

  @Test
  void aFilterFindsItsMemoriesBehindAThousandNearerOnes() {
    for (var i = 0; i < 1_000; i++) {
      library.with(Sketch.of("n" + i).namespace("crowd"));
      Meanings.give(library, "n" + i, Meanings.of(i % 20));
    }
    library.with(Sketch.of("wanted").namespace("quiet"));
    Meanings.give(library, "wanted", Meanings.of(60));
    assertThat(nearest(Filter.in("quiet"))).containsExactly("wanted");
  }

  @Test
  void theExpiredDoNotTakeThePlacesOfOthers() {
    var expiry = Instant.parse("2026-03-02T13:00:00Z");
    for (var i = 0; i < 60; i++) {
      library.with(Sketch.of("e" + i).expiresAt(expiry));
      Meanings.give(library, "e" + i, ASKED);
    }
    library.with(Sketch.of("alive"));
    Meanings.give(library, "alive", Meanings.of(30));
    library.sleepUntil(expiry.plusSeconds(1));
    assertThat(nearest(Filter.NONE)).containsExactly("alive");
  }

  @Test
  void ofTwoIdsOfOneMemoryTheVectorOfWhatIsShownCounts() {
    // Whatever decides which of two is shown, it decides the other way round for the second pair.
    var earlier = Sketch.CREATED.minusSeconds(60);
    library.with(Sketch.of("a").createdAt(earlier), Sketch.of("b"));
    library.with(Sketch.of("d").createdAt(earlier), Sketch.of("c"));
    for (var id : List.of("a", "c")) Meanings.give(library, id, Meanings.of(20));
    for (var id : List.of("b", "d")) Meanings.give(library, id, Meanings.of(60));
    makeOne("a", "b");
    makeOne("c", "d");
    var hits =
        library.index().recall(new RecallQuery(null, Meanings.asked(ASKED), Filter.NONE, 10));
    assertThat(hits).hasSize(2);
    for (var hit : hits) {
      var shown = library.store().read(snapshot -> snapshot.memory(hit.id()).orElseThrow());
      var near = List.of("title of a", "title of c").contains(shown.memory().title());
      assertThat(hit.signals().cosine())
          .as(shown.memory().title())
          .isCloseTo(Math.cos(Math.toRadians(near ? 20 : 60)), offset(1e-3));
    }
  }

  private void makeOne(String first, String second) {
    library
        .store()
        .write(transaction ->
            transaction.merge(AliasFact.of(first, CREATED, second, CREATED, transaction.stamp())));
  }

  @Test
  void aDamagedIndexIsBuiltAgainWithItsVectors() throws IOException {
    library.with(Sketch.of("a"));
    Meanings.give(library, "a", ASKED);
    assertThat(nearest(Filter.NONE)).containsExactly("a");
    library.closeIndex();
    try (var files = Files.list(library.directory())) {
      for (var file : files.filter(f -> f.toString().endsWith(".vec")).toList()) {
        Files.write(file, new byte[] {1, 2, 3});
      }
    }
    library.reopenIndex();
    assertThat(nearest(Filter.NONE)).containsExactly("a");
    assertThat(library.index().rebuilds()).isEqualTo(1);
  }

  private List<String> nearest(Filter filter) {
    return ids(library.index().recall(new RecallQuery(null, Meanings.asked(ASKED), filter, 10)));
  }

  private static List<String> ids(List<Ranked> ranked) {
    return ranked.stream().map(Ranked::id).toList();
  }
}
