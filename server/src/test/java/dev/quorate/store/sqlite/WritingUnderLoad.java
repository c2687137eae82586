package dev.quorate.store.sqlite;

import dev.quorate.memory.AnyMemory;
import dev.quorate.memory.Memory;
import dev.quorate.seeds.Chance;
import dev.quorate.store.Store;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.stream.IntStream;

/// Writes from several threads until it is killed, and says on standard output what it is about to
/// delete (`- id`) and what was answered: `S id version content-hash`, `D id`.
final class WritingUnderLoad {
  private static final int THREADS = 6;
  private static final int WORDS_MAX = 400;

  private final Store store;
  private final String round;

  private WritingUnderLoad(Store store, String round) {
    this.store = store;
    this.round = round;
  }

  public static void main(String[] arguments) throws InterruptedException {
    var store =
        SqliteStore.open(
            Path.of(arguments[0]), "n1", StoreOptions.readers(1), InstantSource.system());
    var load = new WritingUnderLoad(store, arguments[1]);
    var threads =
        IntStream.range(0, THREADS)
            .mapToObj(number -> Thread.ofPlatform().start(() -> load.run(number)))
            .toList();
    for (var thread : threads) thread.join();
  }

  private void run(int number) {
    var chance = new Chance(number);
    for (var i = 0; ; i++) {
      var id = "m-%s-%d-%d".formatted(round, number, i);
      save(id, chance);
      if (chance.percent(30)) save(id, chance);
      if (chance.percent(20)) delete(id);
    }
  }

  private void save(String id, Chance chance) {
    var memory = memory(id, chance);
    var body =
        store
            .write(t -> {
              t.save(memory);
              return t.memory(id).orElseThrow().body();
            })
            .value();
    say("S %s %s".formatted(id, Fingerprint.of(body)));
  }

  private void delete(String id) {
    say("- " + id);
    store.write(t -> {
      t.delete(id, null);
      return true;
    });
    say("D " + id);
  }

  private static Memory memory(String id, Chance chance) {
    var words = "words ".repeat(1 + chance.below(WORDS_MAX)) + chance.below(1_000_000);
    return AnyMemory.plain(id, "title of " + id, words, Instant.EPOCH);
  }

  /// One line at a time, at once.
  private static void say(String line) {
    synchronized (System.out) {
      System.out.println(line);
      System.out.flush();
    }
  }
}
