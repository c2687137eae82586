package dev.quorate.search;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.quorate.embedding.Vector;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How words and meaning together order what is found.
class HybridTest {
  private static final Vector ASKED = Meanings.of(0);

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
  void whatFitsByBothIsBeforeWhatFitsByOne() {
    library.with(
        Sketch.of("words").content("harbour pilot"),
        Sketch.of("both").content("harbour pilot"),
        Sketch.of("meaning").content("boat guide"));
    Meanings.give(library, "words", Meanings.of(90));
    Meanings.give(library, "both", Meanings.of(20));
    Meanings.give(library, "meaning", Meanings.of(20));
    assertThat(ids(recall("harbour pilot", ASKED, Filter.NONE))).startsWith("both");
    assertThat(ids(recall("harbour pilot", ASKED, Filter.NONE)))
        .containsExactlyInAnyOrder("words", "both", "meaning");
  }

  @Test
  void whatHasNoVectorYetIsFoundByItsWords() {
    library.with(Sketch.of("new").content("harbour pilot"), Sketch.of("far").content("harbour"));
    Meanings.give(library, "far", Meanings.of(89));
    assertThat(ids(recall("harbour pilot", ASKED, Filter.NONE))).startsWith("new");
  }

  @Test
  void everySignalIsTold() {
    library.with(Sketch.of("a").content("harbour pilot").namespace("x/y").priority(10));
    Meanings.give(library, "a", Meanings.of(60));
    var hit = recall("harbour", ASKED, Filters.inOrAbove("x/y/z")).getFirst();
    var signals = hit.signals();
    assertThat(signals.bm25()).isPositive();
    assertThat(signals.keywordRank()).isEqualTo(1);
    assertThat(signals.vectorRank()).isEqualTo(1);
    assertThat(signals.cosine()).isCloseTo(0.5, offset(1e-3));
    assertThat(signals.distance()).isCloseTo(1 / 1.3, offset(1e-9));
    assertThat(hit.score())
        .isEqualTo(signals.fused() * signals.recency() * signals.importance() * signals.distance());
  }

  /// The graph is walked by two bits of each value; what it brings is compared by all of them.
  @Test
  void theCosineIsThatOfTheVectorsThemselves() {
    var chance = new Random(7);
    var asked = anyVector(chance);
    var vectors = new HashMap<String, Vector>();
    for (var i = 0; i < 40; i++) {
      var id = "m" + i;
      vectors.put(id, anyVector(chance));
      library.with(Sketch.of(id).title(id).content("harbour"));
      Meanings.give(library, id, vectors.get(id));
    }
    var found = recall("harbour", asked, Filter.NONE);
    assertThat(found).hasSize(10);
    for (var hit : found) {
      assertThat(hit.signals().cosine())
          .isCloseTo(asked.similarity(requireNonNull(vectors.get(hit.id()))), offset(1e-5));
    }
  }

  private static Vector anyVector(Random chance) {
    var values = new float[384];
    for (var i = 0; i < values.length; i++) values[i] = (float) chance.nextGaussian();
    return Vector.of(values);
  }

  @Test
  void ofEqualFitsTheLaterCreatedAndTheMoreImportantAreFirst() {
    library.with(
        Sketch.of("a").title("t1").createdAt(Sketch.CREATED.minus(Duration.ofDays(90))),
        Sketch.of("b").title("t2"),
        Sketch.of("c").title("t3").priority(9));
    for (var id : List.of("a", "b", "c")) Meanings.give(library, id, ASKED);
    assertThat(ids(recall("content", ASKED, Filter.NONE))).containsExactly("c", "b", "a");
  }

  @Test
  void wordsOfQuestionsFindNothingUnlessThereAreNoOthers() {
    library.with(Sketch.of("asks").content("what is where"), Sketch.of("tells").content("harbour"));
    assertThat(ids(recall("where is the harbour?", null, Filter.NONE))).containsExactly("tells");
    assertThat(ids(recall("what is where", null, Filter.NONE))).containsExactly("asks");
  }

  @Test
  void tenThousandWordsAndAnyScriptAreAQuestionLikeOthers() {
    library.with(Sketch.of("a").content("مرحبا بالعالم 🚀 e\u0301te\u0301"));
    Meanings.give(library, "a", ASKED);
    assertThat(ids(recall("word ".repeat(10_000), ASKED, Filter.NONE))).containsExactly("a");
    assertThat(ids(recall("مرحبا", null, Filter.NONE))).containsExactly("a");
    assertThat(ids(recall("\u00e9t\u00e9", null, Filter.NONE))).containsExactly("a");
    assertThat(ids(recall("🚀", ASKED, Filter.NONE))).containsExactly("a");
  }

  private List<Ranked> recall(String words, @Nullable Vector meaning, Filter filter) {
    return library
        .index()
        .recall(
            new RecallQuery(words, meaning == null ? null : Meanings.asked(meaning), filter, 10));
  }

  private static List<String> ids(List<Ranked> ranked) {
    return ranked.stream().map(Ranked::id).toList();
  }
}
