package dev.quorate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.quorate.json.Json;
import dev.quorate.testkit.NodeProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Which threads of a node let others go first, by what the kernel says of them.
@EnabledOnOs(OS.LINUX)
class TurnsIT {
  private static final Set<String> COMPUTING =
      Set.of("vectors", "search-follower", "C1 CompilerThre", "C2 CompilerThre");

  private static final String[] ANSWERING = {"store-writer", "ForkJoinPool-1-"};

  private static final String TURN = "se.slice";
  private static final String LONG_TURN = "100000000";

  @TempDir Path data;

  @Test
  void whoComputesComesAfterThoseThatSomebodyWaitsFor() {
    assumeThat(kernel()).as("the first kernel that knows turns").isGreaterThanOrEqualTo(6_012);
    assumeThat(turns(ProcessHandle.current().pid())).as("what the kernel tells").isNotEmpty();
    var embedding = Map.of("QUORATE_EMBEDDING_EMBEDDER", "minilm");
    try (var node = NodeProcess.start(data, embedding)) {
      var memory = Json.object().put("title", "Turns").put("content", "wombat");
      assertThat(node.client().post(NodeTest.MEMORIES, memory).status()).isEqualTo(201);
      Await.until(() -> withLongTurns(turns(node.pid())).containsAll(COMPUTING));
      var turns = turns(node.pid());
      assertThat(turns).containsKeys(ANSWERING);
      assertThat(withLongTurns(turns)).containsAll(COMPUTING).doesNotContain(ANSWERING);
    }
  }

  private static Set<String> withLongTurns(Map<String, Set<String>> turns) {
    var threads = new TreeSet<String>();
    turns.forEach((thread, lengths) -> {
      if (lengths.contains(LONG_TURN)) threads.add(thread);
    });
    return threads;
  }

  /// How long turns the threads of each name ask for, by the 15 bytes of it that the kernel keeps.
  private static Map<String, Set<String>> turns(long process) {
    var turns = new TreeMap<String, Set<String>>();
    try (var threads = Files.newDirectoryStream(Path.of("/proc", Long.toString(process), "task"))) {
      for (var thread : threads) {
        var name = String.join("", lines(thread.resolve("comm")));
        for (var line : lines(thread.resolve("sched"))) {
          if (!line.startsWith(TURN)) continue;
          var length = line.substring(line.indexOf(':') + 1).strip();
          turns.computeIfAbsent(name, _ -> new TreeSet<>()).add(length);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return turns;
  }

  /// Nothing of a thread that has ended, or where the kernel does not tell.
  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException _) {
      return List.of();
    }
  }

  private static int kernel() {
    var version = new Scanner(System.getProperty("os.version")).useDelimiter("[.-]");
    return version.nextInt() * 1_000 + version.nextInt();
  }
}
