package dev.quorate.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A search sees what was answered before it began, whoever else writes and searches.
class ReadYourWritesTest {
  private static final int AGENTS = 16;
  private static final int ROUNDS = 60;

  @TempDir Path directory;

  @Test
  void everyAgentFindsWhatItHasJustWritten() throws InterruptedException, ExecutionException {
    try (var library = new Library(directory);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var agents = new ArrayList<Future<?>>();
      for (var agent = 0; agent < AGENTS; agent++) {
        var name = "agent" + agent;
        agents.add(threads.submit(() -> live(library, name)));
      }
      for (var agent : agents) agent.get();
      assertThat(library.index().documents()).isEqualTo(AGENTS * ROUNDS / 2);
      assertThat(library.index().rebuilds()).isEqualTo(1);
    }
  }

  private static void live(Library library, String name) {
    for (var round = 0; round < ROUNDS; round++) {
      var id = name + "x" + round;
      library.with(Sketch.of(id).content("first"));
      assertThat(library.all(id)).containsExactly(id);
      library.with(Sketch.of(id).content("second"));
      assertThat(library.all(id + " first")).isEmpty();
      assertThat(library.all(id + " second")).containsExactly(id);
      if (round % 2 == 0) {
        library.delete(id);
        assertThat(library.all(id)).isEmpty();
      }
    }
  }
}
