package dev.quorate.store.sqlite;

import dev.quorate.failure.NodeFailure;
import dev.quorate.failure.RequestFailure.StorageRefused;
import dev.quorate.memory.AnyMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// Writes until the disk refuses, and says on standard output what was answered (`S id version
/// content-hash`), each refusal (`R sentence`), and how far it came (`> stage`).
final class FillingTheDisk {
  private static final int BALLAST_BYTES = 1 << 20;
  private static final int REFUSALS = 5;

  private final Path directory;
  private final Acknowledged acknowledged = new Acknowledged();
  private int written;

  private FillingTheDisk(Path directory) {
    this.directory = directory;
  }

  public static void main(String[] arguments) throws IOException {
    var filling = new FillingTheDisk(Path.of(arguments[0]));
    switch (arguments[1]) {
      case "once" -> filling.once();
      case "freeing space" -> filling.freeingSpace();
      case "open only" -> filling.openOnly();
      default -> throw new IllegalArgumentException(arguments[1]);
    }
  }

  private void once() {
    fill(open());
    // Not closed: what was answered must not depend on it.
    Runtime.getRuntime().halt(0);
  }

  private void freeingSpace() throws IOException {
    var first = Files.write(directory.resolve("ballast-1"), new byte[BALLAST_BYTES]);
    var second = Files.write(directory.resolve("ballast-2"), new byte[BALLAST_BYTES]);
    try (var store = open()) {
      fill(store);
      acknowledged.assertKept(store);
      Files.delete(first);
      write(store);
      say("> writes go on");
      fill(store);
    }
    openOnly();
    Files.delete(second);
    try (var store = open()) {
      acknowledged.assertKept(store);
      write(store);
      acknowledged.assertKept(store);
      say("> all is kept");
    }
  }

  private void openOnly() {
    try (var store = open()) {
      acknowledged.assertKept(store);
      say("> opened");
    } catch (NodeFailure e) {
      say("R " + e.getMessage());
    }
  }

  private SqliteStore open() {
    return SqliteStore.open(directory, "n1", StoreOptions.readers(1), InstantSource.system());
  }

  private void fill(SqliteStore store) {
    for (var refused = 0; refused < REFUSALS; ) {
      try {
        write(store);
      } catch (StorageRefused e) {
        say("R " + e.getMessage());
        refused++;
      }
    }
  }

  private void write(SqliteStore store) {
    var id = "m" + written++;
    var memory = AnyMemory.plain(id, "title of " + id, "words ".repeat(1_000), Instant.EPOCH);
    var body =
        store
            .write(t -> {
              t.save(memory);
              return t.memory(id).orElseThrow().body();
            })
            .value();
    var line = "S %s %s".formatted(id, Fingerprint.of(body));
    acknowledged.hear(List.of(line));
    say(line);
  }

  private static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }
}
