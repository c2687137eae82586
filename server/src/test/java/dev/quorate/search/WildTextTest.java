package dev.quorate.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.memory.AnyMemory;
import dev.quorate.search.SearchQuery.Mode;
import dev.quorate.seeds.Chance;
import dev.quorate.seeds.Seeds;
import java.nio.file.Path;
import java.util.HashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Any memory can be indexed and any text searched for; a memory is found by every word of itself.
class WildTextTest {
  private static final int MEMORIES = 200;

  @TempDir Path directory;

  @Test
  void everyMemoryIsFoundByItsOwnWords() {
    Seeds.check(Seeds.one(), this::check);
  }

  private void check(Chance chance) {
    try (var library = new Library(directory)) {
      var texts = new HashMap<String, String>();
      for (var i = 0; i < MEMORIES; i++) {
        // Two of one title would be one memory.
        var memory =
            AnyMemory.wild(chance).withExpiry(null).withId("id" + i).withTitle("title " + i);
        texts.put(memory.id(), memory.content());
        library.save(memory);
      }
      texts.forEach((id, text) -> {
        library.any(chance.text(60));
        if (new WordReaders().read(text).isEmpty()) return;
        assertThat(library.find(text, Mode.ALL, Filter.NONE)).as(text).contains(id);
      });
      assertThat(library.index().documents()).isEqualTo(MEMORIES);
    }
  }
}
