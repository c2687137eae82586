package dev.quorate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A node that is killed under load. `-Dseed=42` writes and kills as the run with that seed did, as
/// far as threads allow.
class CrashIT {
  private static final int ROUNDS = 10;
  private static final int WRITERS = 6;

  @TempDir Path data;

  @Test
  void everyAnsweredWriteSurvivesSigkill() throws Exception {
    var seed = Long.getLong("seed", ThreadLocalRandom.current().nextLong());
    System.out.println("CrashIT: seed " + seed);
    var random = new SplittableRandom(seed);
    var writers = new Writers(WRITERS, random.split());
    for (var round = 1; round <= ROUNDS; round++) {
      var as = "seed %d, round %d".formatted(seed, round);
      try (var node = Nodes.start(data)) {
        writers.check(node.client(), as);
        writers.writeUntil(node, random.nextInt(50, 400), node::kill);
      }
      switch (round % 3) {
        case 1 -> Folders.delete(data.resolve("search"));
        case 2 -> damage(data.resolve("search"), random);
        default -> {
          // The index goes on from what it had.
        }
      }
    }
    try (var node = Nodes.start(data)) {
      writers.check(node.client(), "seed %d, at the end".formatted(seed));
      assertThat(writers.kept()).isGreaterThan(ROUNDS * WRITERS);
    }
  }

  /// Overwrites some bytes of the index's largest file.
  private static void damage(Path folder, SplittableRandom random) throws IOException {
    try (var files = Files.list(folder)) {
      var largest = files.max(Comparator.comparingLong(file -> file.toFile().length()));
      if (largest.isEmpty()) return;
      try (var file = new RandomAccessFile(largest.get().toFile(), "rw")) {
        var bytes = new byte[64];
        random.nextBytes(bytes);
        file.seek(random.nextLong(file.length() + 1));
        file.write(bytes);
      }
    }
  }
}
