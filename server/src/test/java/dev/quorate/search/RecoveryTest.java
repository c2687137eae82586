package dev.quorate.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever becomes of the index, a search finds what is in the store.
class RecoveryTest {
  private static final int MEMORIES = 40;

  @TempDir Path directory;

  @Test
  void aNewIndexIsBuiltOnce() {
    try (var library = filled(directory)) {
      assertFound(library);
      assertThat(library.index().rebuilds()).isEqualTo(1);
      assertThat(library.index().fileBytes()).isPositive();
    }
  }

  @Test
  void aRestartGoesOnWhereTheIndexWas() {
    try (var library = filled(directory)) {
      assertFound(library);
      library.closeIndex();
      library.reopenIndex();
      assertFound(library);
      assertThat(library.index().rebuilds()).isZero();
    }
  }

  @Test
  void whatWasWrittenMeanwhileIsFoundAfterARestart() {
    try (var library = filled(directory)) {
      library.closeIndex();
      library.with(Sketch.of("meanwhile").content("meanwhile"));
      library.delete("m1");
      library.reopenIndex();
      assertThat(library.all("meanwhile")).containsExactly("meanwhile");
      assertThat(library.all("content")).hasSize(MEMORIES - 1).doesNotContain("m1");
      assertThat(library.index().rebuilds()).isZero();
    }
  }

  @Test
  void aDirectoryThatIsGoneIsBuiltAgain() throws IOException {
    try (var library = filled(directory)) {
      library.closeIndex();
      for (var file : files(library)) Files.delete(file);
      Files.delete(library.directory());
      library.reopenIndex();
      assertFound(library);
      assertThat(library.index().rebuilds()).isEqualTo(1);
    }
  }

  @Test
  void damageToAnyFileIsFoundAndTheIndexBuiltAgain() throws IOException {
    try (var library = filled(directory)) {
      library.closeIndex();
      var names = files(library).stream().map(Path::getFileName).toList();
      for (var name : names) {
        if (name.toString().equals("write.lock")) continue;
        for (var damage : Damage.values()) {
          // The last build may have given other names.
          var file = files(library).stream().filter(f -> alike(f, name)).findFirst().orElseThrow();
          damage.inflict(file);
          library.reopenIndex();
          assertFound(library);
          assertThat(library.index().rebuilds()).as(damage + " of " + name).isEqualTo(1);
          library.closeIndex();
        }
      }
      library.reopenIndex();
    }
  }

  private static boolean alike(Path file, Path name) {
    return kind(file.getFileName()).equals(kind(name));
  }

  /// What a file holds, as its ending says; a commit has none.
  private static String kind(Path name) {
    var text = name.toString();
    return text.startsWith("segments_") ? "segments" : text.substring(text.indexOf('.'));
  }

  private enum Damage {
    CUT,
    FLIPPED,
    ZEROED,
    GONE;

    void inflict(Path file) throws IOException {
      if (this == GONE) {
        Files.delete(file);
        return;
      }
      try (var open = new RandomAccessFile(file.toFile(), "rw")) {
        var middle = open.length() / 2;
        if (this == CUT) {
          open.setLength(middle);
        } else if (this == FLIPPED) {
          open.seek(middle);
          var old = open.read();
          open.seek(middle);
          open.write(~old);
        } else {
          open.seek(0);
          open.write(new byte[(int) open.length()]);
        }
      }
    }
  }

  @Test
  void strangeFilesInTheDirectoryDoNotMatter() throws IOException {
    Files.createDirectories(directory.resolve("search"));
    Files.writeString(directory.resolve("search/segments_1"), "not an index");
    Files.writeString(directory.resolve("search/_0.cfs"), "neither");
    try (var library = filled(directory)) {
      assertFound(library);
    }
  }

  @Test
  void anIndexOfAnotherStoreIsBuiltAgain() {
    var search = directory.resolve("search");
    try (var other = new Library(directory.resolve("other"), search)) {
      other.with(Sketch.of("foreign"));
      assertThat(other.all("content")).containsExactly("foreign");
    }
    try (var library = new Library(directory.resolve("own"), search)) {
      for (var i = 0; i < MEMORIES; i++) library.with(Sketch.of("m" + i));
      assertFound(library);
      assertThat(library.index().rebuilds()).isEqualTo(1);
    }
  }

  @Test
  void damageThatASearchMeetsIsRepairedBeforeTheAnswer() throws IOException {
    try (var library = filled(directory)) {
      // What was not taken in before the close is in memory after it, where nothing is damaged.
      assertFound(library);
      library.closeIndex();
      library.reopenIndex();
      assertFound(library);
      for (var file : files(library)) {
        // The lists of which memories hold a word.
        if (file.toString().endsWith(".doc")) {
          var garbage = new byte[(int) Files.size(file)];
          Arrays.fill(garbage, (byte) 0xff);
          try (var open = new RandomAccessFile(file.toFile(), "rw")) {
            open.write(garbage);
          }
        }
      }
      assertFound(library);
      assertThat(library.index().rebuilds()).isEqualTo(1);
      library.with(Sketch.of("after").content("after"));
      assertThat(library.all("after")).containsExactly("after");
    }
  }

  private static Library filled(Path directory) {
    var library = new Library(directory);
    for (var i = 0; i < MEMORIES; i++) library.with(Sketch.of("m" + i).namespace("n/" + i % 3));
    return library;
  }

  private static void assertFound(Library library) {
    assertThat(library.all("content")).hasSize(MEMORIES);
    assertThat(library.all("m7")).containsExactly("m7");
  }

  private static List<Path> files(Library library) throws IOException {
    try (var files = Files.list(library.directory())) {
      return files.sorted().toList();
    }
  }
}
