package dev.quorate.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.merge.Digest;
import dev.quorate.merge.Lane;
import dev.quorate.merge.LifecycleRegister;
import dev.quorate.merge.Register;
import dev.quorate.seeds.Chance;
import dev.quorate.seeds.Seeds;
import dev.quorate.store.Change;
import dev.quorate.store.NonceRow;
import dev.quorate.store.Origin;
import dev.quorate.store.Position;
import dev.quorate.store.Quarantined;
import dev.quorate.store.ReplicaSnapshot;
import dev.quorate.store.ReplicaStore;
import dev.quorate.store.ReplicaTransaction;
import dev.quorate.store.World;
import dev.quorate.store.sqlite.SqliteStore;
import dev.quorate.store.sqlite.StoreOptions;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The store in memory answers what the one on disk answers.
class SimStoreTest {
  private static final long COUNT_DEFAULT = 40;
  private static final int LIMIT = 7;

  @TempDir Path directory;

  static LongStream seeds() {
    var one = Long.getLong("seed");
    return one != null ? LongStream.of(one) : LongStream.range(0, COUNT_DEFAULT);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void bothStoresAnswerTheSame(long seed) {
    Seeds.check(seed, this::answerTheSame);
  }

  private void answerTheSame(Chance chance) {
    var world = new World(chance);
    var now = world.endMillis();
    try (var onDisk =
        SqliteStore.open(
            directory, "n1", StoreOptions.readers(1), () -> Instant.ofEpochMilli(now))) {
      var inMemory = new SimStore("n1", onDisk.epoch(), () -> now);
      for (var batch : chance.split(world.changes())) {
        var step = step(chance, batch);
        assertThat(inMemory.replicate(step)).isEqualTo(onDisk.replicate(step));
        var look = look(chance, batch);
        assertThat(inMemory.look(look)).isEqualTo(onDisk.look(look));
        assertThat(inMemory.committedSequence()).isEqualTo(onDisk.committedSequence());
        assertThat(inMemory.owedSequence()).isEqualTo(onDisk.owedSequence());
        if (chance.percent(10)) refuseInBoth(inMemory, onDisk, batch.getFirst());
      }
    }
  }

  /// A mutation that fails after it changed something.
  private static void refuseInBoth(SimStore inMemory, SqliteStore onDisk, Register register) {
    for (var store : List.of(inMemory, onDisk)) {
      try {
        store.replicate(transaction -> {
          var later = LifecycleRegister.State.ARCHIVED;
          transaction.receive(
              LifecycleRegister.of(register.key(), transaction.stamp(), later, "x", List.of()),
              null,
              null);
          throw new SimNode.Refusal();
        });
      } catch (SimNode.Refusal _) {
        // As it was meant.
      }
    }
    assertThat(inMemory.committedSequence()).isEqualTo(onDisk.committedSequence());
    assertThat(lastSequence(inMemory)).isEqualTo(lastSequence(onDisk));
  }

  private static long lastSequence(ReplicaStore store) {
    return store.look(snapshot -> snapshot.changes().lastSequence());
  }

  private static Function<ReplicaTransaction, List<Object>> step(
      Chance chance, List<Register> batch) {
    var own = chance.percent(50);
    var together = chance.percent(30) ? "together" : null;
    var number = chance.below(100) + 1L;
    var peer = chance.oneOf("n2", "n3");
    var epoch = chance.oneOf("e1", "e2");
    var lane = chance.oneOf(Lane.values());
    var kind = chance.below(9);
    return transaction -> {
      var answers = new ArrayList<Object>();
      for (var register : batch) {
        var origin = own ? null : new Origin(peer, epoch, number);
        answers.add(transaction.receive(register, origin, together));
      }
      var item = new Quarantined(peer, lane, "k", "why" + number, number, number);
      var peers = transaction.peers();
      switch (kind) {
        case 0 -> peers.hold(new Origin(peer, epoch, number));
        case 1 -> peers.pushed(new Position(peer, epoch, number));
        case 2 -> peers.pulled(new Position(peer, epoch, number));
        case 3, 4 -> peers.quarantine(item);
        case 5 -> peers.release(item);
        case 6 -> peers.showed(peer, List.of("k", batch.getFirst().key()));
        case 7 -> peers.keep(new NonceRow(peer, epoch, "v" + number));
        default -> peers.keep(new NonceRow(peer, epoch, null));
      }
      answers.add(transaction.stamp());
      answers.add(transaction.nowMillis());
      return answers;
    };
  }

  private static Function<ReplicaSnapshot, List<Object>> look(Chance chance, List<Register> batch) {
    var after = chance.below(40);
    var register = batch.getFirst();
    var held =
        List.of(
            new Origin("n1", "e1", chance.below(40)),
            new Origin("n2", "e1", chance.below(40)),
            new Origin("n3", "e1", chance.below(40)));
    var buckets = Set.of(Digest.bucket(register.lane(), register.key()), chance.below(1_024));
    return snapshot -> {
      var answers = new ArrayList<Object>();
      var changes = snapshot.changes();
      var peers = snapshot.peers();
      answers.add(snapshot.register(register.lane(), register.key()));
      answers.add(changes.after(after, LIMIT));
      answers.add(changes.ownAfter(after, LIMIT));
      answers.add(changes.ownSequence(register.lane(), register.key()));
      answers.add(changes.latest(register.lane(), register.key()));
      answers.add(changes.ownOf("together").stream().map(Change::sequence).toList());
      answers.add(changes.lastSequence());
      answers.add(changes.heldThrough(after, held));
      answers.add(peers.holdings());
      answers.add(peers.pushed("n2", "e1"));
      answers.add(peers.pulled("n2"));
      answers.add(peers.quarantine("n2").size());
      answers.add(List.copyOf(new java.util.HashSet<>(peers.quarantine())).size());
      answers.add(peers.wasShown("n2", "k"));
      answers.add(peers.wasShown("n3", register.key()));
      answers.add(snapshot.digest());
      answers.add(new java.util.HashSet<>(snapshot.buckets(buckets)));
      answers.add(new java.util.HashSet<>(peers.nonces()));
      return answers;
    };
  }
}
