package dev.quorate.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.quorate.memory.Tier;
import dev.quorate.search.SearchQuery.Mode;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RankingTest {
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
  void equalsAreOrderedByTheirIds() {
    library.with(
        Sketch.of("b").title("t1"), Sketch.of("a").title("t2"), Sketch.of("c").title("t3"));
    assertThat(library.any("content")).containsExactly("a", "b", "c");
  }

  @Test
  void ofEqualTextsTheMoreImportantIsFirst() {
    library.with(Sketch.of("a").title("t1").priority(1), Sketch.of("b").title("t2").priority(9));
    assertThat(library.any("content")).containsExactly("b", "a");
  }

  @Test
  void ofEqualTextsTheSurerIsFirst() {
    library.with(
        Sketch.of("a").title("t1").confidence(0.2), Sketch.of("b").title("t2").confidence(0.9));
    assertThat(library.any("content")).containsExactly("b", "a");
  }

  @Test
  void ofEqualTextsTheLongerLastingIsFirst() {
    library.with(
        Sketch.of("a").title("t1").tier(Tier.SHORT),
        Sketch.of("b").title("t2").tier(Tier.MID),
        Sketch.of("c").title("t3").tier(Tier.LONG));
    assertThat(library.any("content")).containsExactly("c", "b", "a");
  }

  @Test
  void ofEqualTextsTheMoreRecentIsFirst() {
    library.with(Sketch.of("a").title("t1"));
    library.sleepUntil(Instant.parse("2026-04-02T12:00:00Z"));
    library.with(Sketch.of("b").title("t2"));
    assertThat(library.any("content")).containsExactly("b", "a");
  }

  @Test
  void aMemoryWithBothWordsBeatsAMoreImportantOneWithOne() {
    library.with(
        Sketch.of("both").title("t1").content("red blue").priority(1),
        Sketch.of("one").title("t2").content("red yellow").priority(10),
        Sketch.of("other").title("t3").content("blue yellow").priority(10));
    assertThat(library.any("red blue")).hasSize(3).first().isEqualTo("both");
  }

  @Test
  void theTitleCountsMoreThanATagAndATagMoreThanTheContent() {
    library.with(
        Sketch.of("content").title("alpha beta").content("needle gamma").tags("delta"),
        Sketch.of("tag").title("alpha beta").content("delta gamma").tags("needle").namespace("n"),
        Sketch.of("title").title("alpha needle").content("delta gamma").tags("beta"));
    assertThat(library.any("needle")).containsExactly("title", "tag", "content");
  }

  @Test
  void scoresAreAboveZeroAndAtMostOneInTheOrderOfTheHits() {
    for (var i = 0; i < 200; i++) {
      library.with(
          Sketch.of("m" + i)
              .content("needle ".repeat(1 + i % 7) + "hay ".repeat(1 + i))
              .priority(1 + i % 10)
              .confidence(i / 200.0));
    }
    for (var mode : Mode.values()) {
      var hits = library.hits("needle hay", mode, Filter.NONE);
      assertThat(hits).hasSize(200);
      assertThat(hits).allSatisfy(hit -> assertThat(hit.score()).isBetween(0.001, 1.0));
      assertThat(hits).isSortedAccordingTo((a, b) -> Double.compare(b.score(), a.score()));
      assertThat(library.hits("needle hay", mode, Filter.NONE)).isEqualTo(hits);
    }
  }

  @Test
  void distanceCostsAThirdForTheFirstLevel() {
    library.with(Sketch.of("near").namespace("a/b"), Sketch.of("far").namespace("a"));
    var hits = library.hits("content", Mode.ANY, Filters.inOrAbove("a/b"));
    assertThat(hits).extracting(Hit::id).containsExactly("near", "far");
    assertThat(hits.get(0).score() / hits.get(1).score()).isCloseTo(1.3, offset(1e-6));
  }
}
