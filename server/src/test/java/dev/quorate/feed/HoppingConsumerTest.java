package dev.quorate.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.governance.Action;
import dev.quorate.governance.Approver;
import dev.quorate.memory.AnyMemory;
import dev.quorate.memory.Link;
import dev.quorate.memory.Memory;
import dev.quorate.memory.Relation;
import dev.quorate.merge.PendingAction;
import dev.quorate.merge.StandardRegister;
import dev.quorate.merge.Vote;
import dev.quorate.seeds.Chance;
import dev.quorate.seeds.Seeds;
import dev.quorate.store.Store;
import dev.quorate.store.Transaction;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever is written on three nodes, and in whatever order it comes to the others, with gaps, by
/// repair, and again after one of them has lost its store: a consumer that goes from node to node
/// with its cursor ends up knowing what the mesh shows.
class HoppingConsumerTest {
  private static final long BEGIN = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
  private static final List<String> IDS = List.of("a", "b", "c", "d", "e");
  private static final Wanted WANTED = Wanted.of(null, null, null);

  @TempDir Path directory;

  private final AtomicLong clock = new AtomicLong(BEGIN);
  private int stores;
  private int fresh;
  private int requests;

  static LongStream seeds() {
    return Seeds.each(60);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void endsUpKnowingWhatTheMeshShows(long seed) {
    Seeds.check(seed, this::run);
  }

  private void run(Chance chance) {
    var nodes = new ArrayList<Replica>();
    for (var i = 0; i < 3; i++) nodes.add(open(i));
    try {
      var consumers = List.of(new dev.quorate.feed.Consumer(), new dev.quorate.feed.Consumer());
      for (var step = 0; step < 120; step++) {
        clock.addAndGet(chance.below(3));
        var node = chance.oneOf(nodes);
        var other = chance.oneOf(nodes);
        switch (chance.below(20)) {
          case 0, 1, 2, 3, 4, 5, 6 -> write(node.store, chance);
          case 7, 8, 9 -> {
            if (node != other) node.push(other, chance);
          }
          case 10, 11, 12 -> {
            if (node != other) node.pull(other, 1 + chance.below(6));
          }
          case 13 -> {
            if (node != other) node.fetch(other, chance);
          }
          case 14, 15, 16, 17 ->
              chance.oneOf(consumers).read(node.feed, 1 + chance.below(5), WANTED);
          case 18 -> chance.oneOf(consumers).readPart(node.feed, 5, WANTED, 1 + chance.below(4));
          default -> {
            if (chance.percent(15)) loseStore(nodes, chance.below(3));
          }
        }
      }
      exchange(nodes);
      var shown = nodes.getFirst().store.read(dev.quorate.feed.Consumer::shown);
      for (var consumer : consumers) {
        var last = chance.oneOf(nodes).feed;
        while (consumer.read(last, 3, WANTED)) {
          assertThat(last.isClosed()).isFalse();
        }
        assertThat(consumer.known()).containsExactlyInAnyOrderEntriesOf(shown);
      }
    } finally {
      nodes.forEach(Replica::close);
    }
  }

  private Replica open(int number) {
    InstantSource time = () -> Instant.ofEpochMilli(clock.get());
    return new Replica(directory.resolve("s" + stores++), "n" + number, time);
  }

  /// A node loses its store when the others have everything, and begins anew under its name.
  private void loseStore(List<Replica> nodes, int number) {
    exchange(nodes);
    nodes.get(number).close();
    nodes.set(number, open(number));
  }

  private static void exchange(List<Replica> nodes) {
    for (var round = 0; round < 3; round++) {
      for (var one : nodes) {
        for (var other : nodes) {
          while (one != other && !one.pull(other, 100)) {
            assertThat(one.feed.isClosed()).isFalse();
          }
        }
      }
    }
  }

  private void write(Store store, Chance chance) {
    var id = chance.oneOf(IDS);
    var other = chance.oneOf(IDS);
    Consumer<Transaction> edit =
        switch (chance.below(16)) {
          case 0, 1, 2, 3, 4 -> {
            var memory = memory(id, chance);
            yield transaction -> {
              if (!transaction.deleted(id)) transaction.save(memory);
            };
          }
          case 5, 6 ->
              transaction -> {
                if (transaction.memory(id).isPresent()) transaction.archive(id, "test");
              };
          case 7 ->
              transaction -> {
                if (transaction.lifecycle(id).isPresent()) transaction.revive(id);
              };
          case 8 ->
              transaction -> {
                if (transaction.memory(id).isPresent()) transaction.delete(id, null);
              };
          case 9, 10 -> {
            var successor = "f" + fresh++;
            var memory = memory(successor, chance);
            var together = chance.percent(50);
            yield transaction -> {
              if (transaction.memory(id).isEmpty()) return;
              if (together) transaction.together();
              transaction.delete(id, successor);
              transaction.save(memory);
            };
          }
          case 11, 12 -> {
            var present = chance.percent(60);
            yield transaction -> {
              if (id.equals(other)) return;
              if (present) {
                var now = Instant.ofEpochMilli(transaction.nowMillis());
                transaction.link(
                    new Link(id, other, Relation.RELATED_TO, now, null, null, null, null));
              } else {
                transaction.unlink(id, other, Relation.RELATED_TO.text());
              }
            };
          }
          case 13 -> {
            var set = chance.percent(60);
            yield transaction ->
                transaction.merge(
                    StandardRegister.of("ns", transaction.stamp(), set ? id : null, null));
          }
          case 14 -> {
            var action = "p" + requests++;
            var payload =
                new Action(new Action.Promote(id), "global", "ann", new Approver.Human()).payload();
            yield transaction ->
                transaction.merge(
                    PendingAction.of(
                        action, transaction.stamp(), payload, 1, transaction.nowMillis() + 99_999));
          }
          default -> {
            var action = "p" + Math.max(0, requests - 1 - chance.below(2));
            var approve = chance.percent(60);
            yield transaction ->
                transaction.merge(Vote.of(action, "bob", approve, transaction.stamp()));
          }
        };
    store.write(transaction -> {
      edit.accept(transaction);
      return true;
    });
  }

  private static Memory memory(String id, Chance chance) {
    return AnyMemory.plain(
        id,
        "t" + chance.below(3),
        "words " + chance.below(1_000),
        Instant.ofEpochMilli(BEGIN - 1_000 + id.charAt(0)));
  }
}
