package dev.quorate.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.embedding.ModelVector;
import dev.quorate.embedding.Vector;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// An index that outlives the model whose vectors it was made of.
@Timeout(120)
class FormerModelTest {
  private static final String NEXT = "next-model";
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
  void theVectorsOfTheFormerModelServeUntilThereAreNewOnes() {
    library.with(Sketch.of("a"), Sketch.of("b"));
    for (var id : List.of("a", "b")) Meanings.give(library, id, ASKED);
    assertThat(nearest(Library.MODEL)).containsExactly("a", "b");
    reopen(NEXT, Library.MODEL);
    assertThat(library.index().rebuilds()).isZero();
    assertThat(nearest(Library.MODEL)).containsExactly("a", "b");
    assertThat(nearest(NEXT)).isEmpty();
    Meanings.give(library, "a", ASKED, NEXT);
    assertThat(nearest(NEXT)).containsExactly("a");
    assertThat(nearest(Library.MODEL)).containsExactly("b");
  }

  @Test
  void vectorsThatDidNotCountWhenTheIndexWasMadeAreFoundLater() {
    for (var number = 0; number < 300; number++) {
      library.with(Sketch.of("m" + number));
      Meanings.give(library, "m" + number, ASKED, NEXT);
    }
    library.with(Sketch.of("old"));
    Meanings.give(library, "old", ASKED);
    assertThat(nearest(NEXT)).isEmpty();
    reopen(NEXT, Library.MODEL);
    // What nobody asked for is shown after ten seconds; a search after a write asks.
    while (nearest(NEXT).size() < 300) library.save(Sketch.of("tick").memory());
    assertThat(library.index().rebuilds()).isZero();
    assertThat(nearest(Library.MODEL)).containsExactly("old");
    library.closeIndex();
    assertThat(SearchIndex.modelsIn(library.directory())).containsExactly(NEXT, Library.MODEL);
    library.reopenIndex(List.of(NEXT));
    assertThat(nearest(NEXT)).hasSize(300);
    library.save(Sketch.of("more").memory());
    assertThat(nearest(NEXT)).hasSize(300);
    library.closeIndex();
    assertThat(SearchIndex.modelsIn(library.directory())).containsExactly(NEXT);
    library.reopenIndex(List.of(NEXT));
  }

  @Test
  void anIndexThatWasEmptyHasAllModelsThatCountLater() {
    reopen(Library.MODEL);
    reopen(NEXT);
    library.with(Sketch.of("a"));
    Meanings.give(library, "a", ASKED, NEXT);
    assertThat(nearest(NEXT)).containsExactly("a");
    assertThat(library.index().isComplete()).isTrue();
    library.closeIndex();
    assertThat(SearchIndex.modelsIn(library.directory())).containsExactly(NEXT);
    library.reopenIndex(List.of(NEXT));
  }

  @Test
  void aDirectoryWithoutAnIndexHasNoModels() {
    assertThat(SearchIndex.modelsIn(directory.resolve("none"))).isEmpty();
  }

  private void reopen(String... models) {
    library.closeIndex();
    library.reopenIndex(List.of(models));
  }

  private List<String> nearest(String model) {
    var query = new RecallQuery(null, new ModelVector(model, ASKED), Filter.NONE, 1_000);
    return library.index().recall(query).stream().map(Ranked::id).toList();
  }
}
