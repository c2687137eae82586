package dev.quorate.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.governance.Action;
import dev.quorate.memory.Body;
import dev.quorate.memory.Memory;
import dev.quorate.memory.Tier;
import dev.quorate.merge.AliasFact;
import dev.quorate.merge.ContentRegister;
import dev.quorate.merge.Digest;
import dev.quorate.merge.EmbeddingRegister;
import dev.quorate.merge.LifecycleRegister;
import dev.quorate.merge.LinkRegister;
import dev.quorate.merge.LostContent;
import dev.quorate.merge.PendingAction;
import dev.quorate.merge.PendingOutcome;
import dev.quorate.merge.Register;
import dev.quorate.merge.StandardRegister;
import dev.quorate.merge.SubscriptionRegister;
import dev.quorate.merge.Vote;
import dev.quorate.seeds.Chance;
import dev.quorate.seeds.EachSeed;
import dev.quorate.seeds.Seeds;
import dev.quorate.time.Stamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/// Whatever the order, the duplicates and the batches in which changes arrive: once everything that
/// one replica knows has reached all others, all hold the same and show the same.
class ConvergenceTest {
  @EachSeed
  void allReplicasHoldAndShowTheSame(long seed) {
    Seeds.check(
        seed,
        chance -> {
          var settled = settle(chance);
          var first = settled.replicas().getFirst();
          for (var replica : settled.replicas()) {
            assertThat(replica.shared()).as(replica.name()).isEqualTo(first.shared());
          }
        });
  }

  @EachSeed
  void whatTheyShowIsWhatTheRulesSayOfTheWholeSet(long seed) {
    Seeds.check(
        seed,
        chance -> {
          var settled = settle(chance);
          var oracle = settled.oracle();
          for (var replica : settled.replicas()) {
            assertThat(replica.state().views()).as(replica.name()).isEqualTo(oracle.views());
            for (var id : World.ALL_IDS) {
              var content = replica.tables().content(id);
              assertThat(content).isEqualTo(oracle.content(id).filter(_ -> !oracle.erased(id)));
              assertThat(replica.tables().lifecycle(id)).isEqualTo(oracle.lifecycle(id));
              assertThat(replica.erased(id)).isEqualTo(oracle.erased(id));
            }
          }
        });
  }

  @EachSeed
  void everyLoserOfAConcurrentEditIsKeptAndNoVersionThatWasReplacedKnowingly(long seed) {
    Seeds.check(
        seed,
        chance -> {
          var settled = settle(chance);
          var oracle = settled.oracle();
          var maybe = new HashSet<>(oracle.mayBeLost());
          settled.world().changes().stream()
              .filter(LostContent.class::isInstance)
              .forEach(register -> maybe.add(((LostContent) register).content()));
          for (var replica : settled.replicas()) {
            assertThat(lost(replica)).containsAll(oracle.mustBeLost());
            assertThat(maybe).containsAll(lost(replica));
          }
        });
  }

  @EachSeed
  void pendingActionsComeToTheSameOutcomeAtEveryTime(long seed) {
    Seeds.check(
        seed,
        chance -> {
          var settled = settle(chance);
          var first = settled.replicas().getFirst();
          for (var replica : settled.replicas()) {
            for (var id : World.ACTIONS) {
              for (var millis = 0; millis < 100_000; millis += 5_000) {
                var now = World.BEGIN_MILLIS + millis;
                assertThat(outcomes(replica, id, now)).isEqualTo(outcomes(first, id, now));
              }
            }
          }
        });
  }

  @EachSeed
  void whatWasApprovedIsDoneOnEveryNode(long seed) {
    Seeds.check(
        seed,
        chance -> {
          var settled = settle(chance);
          var given = new HashSet<Register>(settled.world().changes());
          for (var replica : settled.replicas()) {
            for (var id : World.ACTIONS) {
              var tables = replica.tables();
              var pending = tables.pending(id);
              if (pending.isEmpty() || namesTwo(id, given)) continue;
              var outcome = PendingOutcome.of(pending.get(), tables.votes(id), 0);
              if (outcome.state() != PendingOutcome.State.APPROVED) continue;
              var since = Objects.requireNonNull(outcome.deciding()).stamp();
              done(replica, Action.read(pending.get().payload()).orElseThrow(), since, given);
            }
          }
        });
  }

  /// Whether an id stands for several actions, of which any may have been carried out.
  private static boolean namesTwo(String id, Set<Register> given) {
    return given.stream()
            .filter(change -> change instanceof PendingAction pending && pending.id().equals(id))
            .count()
        > 1;
  }

  private static void done(Replica replica, Action action, Stamp since, Set<Register> given) {
    var id = action.what().memoryId();
    var shown = replica.state().views().get(id);
    var content = replica.tables().content(id);
    // A clock that was set back may have given a vote's stamp to an edit too.
    var made =
        content.filter(there -> there.stamp().equals(since) && !given.contains(there)).isPresent();
    switch (action.what()) {
      case Action.Delete _ -> assertThat(replica.erased(id)).isTrue();
      case Action.Store store -> {
        assertThat(content.isPresent()).as(id).isNotEqualTo(replica.erased(id));
        if (!made) return;
        var memory = store.approvedAt(Instant.ofEpochMilli(since.millis()));
        assertThat(content.orElseThrow().body()).isEqualTo(Body.write(memory));
      }
      case Action.Promote _ -> {
        // Another member of its group may be shown in its place, and is what was promoted then.
        if (shown == null || shown.shown() == Shown.HIDDEN) return;
        assertThat(content.orElseThrow().stamp()).isGreaterThanOrEqualTo(since);
        if (!made) return;
        var memory = Body.read(content.get().body());
        assertThat(memory.tier()).isEqualTo(Tier.LONG);
        assertThat(memory.expiresAt()).isNull();
      }
    }
  }

  @EachSeed
  void whatNodesMakeOfAnApprovalBearsTheStampOfAVote(long seed) {
    Seeds.check(
        seed,
        chance -> {
          var settled = settle(chance);
          var given = new HashSet<Register>(settled.world().changes());
          var oracle = settled.oracle();
          for (var register : settled.replicas().getFirst().state().registers().values()) {
            var content =
                switch (register) {
                  case ContentRegister present -> present;
                  case LostContent lost -> lost.content();
                  case AliasFact _,
                      LifecycleRegister _,
                      LinkRegister _,
                      StandardRegister _,
                      PendingAction _,
                      SubscriptionRegister _,
                      Vote _,
                      EmbeddingRegister _ ->
                      null;
                };
            if (content != null && !given.contains(content)) {
              assertThat(oracle.madeByApproval(content)).as(content.toString()).isTrue();
            }
          }
        });
  }

  @EachSeed
  void noTwoLiveMemoriesShareATitle(long seed) {
    Seeds.check(
        seed,
        chance -> {
          for (var replica : settle(chance).replicas()) {
            for (var title = 0; title < World.TITLES_MAX; title++) {
              var live = replica.tables().liveUnder("global", "t" + title, replica.wallMillis());
              assertThat(live).as("t%d", title).hasSizeLessThan(2);
            }
          }
        });
  }

  @EachSeed
  void aliasesTieOnlyWhatSharedATitle(long seed) {
    Seeds.check(
        seed,
        chance -> {
          var settled = settle(chance);
          var given = new HashSet<String>();
          settled.world().changes().forEach(register -> given.add(State.name(register)));
          settled.replicas().getFirst().state().registers().values().stream()
              .filter(AliasFact.class::isInstance)
              .filter(register -> !given.contains(State.name(register)))
              .map(AliasFact.class::cast)
              .forEach(fact ->
                  assertThat(settled.titles(fact.first()))
                      .containsAnyElementsOf(settled.titles(fact.second())));
        });
  }

  @EachSeed
  void aDeleteIsFinalAtEveryStep(long seed) {
    Seeds.check(
        seed,
        chance -> {
          var world = new World(chance);
          var replica = Replica.inMemory("r1", world.endMillis());
          var erased = new HashSet<String>();
          for (var batch : new Mesh(chance, List.of(replica)).disordered(world.changes())) {
            replica.receive(batch);
            World.ALL_IDS.stream().filter(replica::erased).forEach(erased::add);
            assertThat(replica.state().views().keySet()).noneMatch(erased::contains);
          }
        });
  }

  @EachSeed
  void whatArrivesAgainChangesNothing(long seed) {
    Seeds.check(
        seed,
        chance -> {
          var settled = settle(chance);
          for (var replica : settled.replicas()) {
            // An old version may yet find that the one that stands did not see it.
            replica.receive(settled.world().changes());
            var before = replica.state();
            var again = new ArrayList<>(settled.world().changes());
            again.addAll(before.registers().values());
            var ledger = replica.ledger();
            for (var register : chance.shuffled(again)) {
              assertThat(ledger.apply(register)).as(State.name(register)).isFalse();
            }
            assertThat(ledger.recorded()).isZero();
            assertThat(replica.state()).isEqualTo(before);
          }
        });
  }

  @EachSeed
  void everythingHeldHasANumberAndIsIntact(long seed) {
    Seeds.check(
        seed,
        chance -> {
          for (var replica : settle(chance).replicas()) {
            var state = replica.state();
            assertThat(Set.copyOf(state.changes())).isEqualTo(state.registers().keySet());
            assertThat(state.registers().values()).allMatch(Register::intact);
          }
        });
  }

  @EachSeed
  void theDigestIsTheSumOfWhatIsHeld(long seed) {
    Seeds.check(
        seed,
        chance -> {
          for (var replica : settle(chance).replicas()) {
            var sum = new Digest();
            for (var register : replica.state().registers().values()) {
              sum.add(register.lane(), register.key(), register.hash());
            }
            assertThat(((MemoryTables) replica.tables()).digest()).isEqualTo(sum);
          }
        });
  }

  private static Settled settle(Chance chance) {
    var world = new World(chance);
    var replicas = new ArrayList<Replica>();
    for (var name : List.of("r1", "r2", "r3")) {
      replicas.add(Replica.inMemory(name, world.endMillis() + chance.between(-40_000, 40_000)));
    }
    var mesh = new Mesh(chance, replicas);
    mesh.deliver(world.changes());
    mesh.exchangeUntilQuiet();
    return new Settled(world, replicas);
  }

  /// Replicas that have nothing left to tell each other.
  private record Settled(World world, List<Replica> replicas) {
    Oracle oracle() {
      var all = new ArrayList<>(world.changes());
      all.addAll(replicas.getFirst().state().registers().values());
      return new Oracle(all, World::created);
    }

    /// The titles that an id ever had.
    List<String> titles(String id) {
      return world.changes().stream()
          .flatMap(change ->
              switch (change) {
                case ContentRegister content -> Stream.of(Body.read(content.body()));
                case PendingAction pending -> requested(pending);
                case LifecycleRegister _,
                    AliasFact _,
                    LinkRegister _,
                    StandardRegister _,
                    SubscriptionRegister _,
                    Vote _,
                    EmbeddingRegister _,
                    LostContent _ ->
                    Stream.<Memory>empty();
              })
          .filter(memory -> memory.id().equals(id))
          .map(Memory::title)
          .toList();
    }

    private static Stream<Memory> requested(PendingAction pending) {
      var what = Action.read(pending.payload()).orElseThrow().what();
      return what instanceof Action.Store store ? Stream.of(store.memory()) : Stream.empty();
    }
  }

  private static List<ContentRegister> lost(Replica replica) {
    return replica.state().registers().values().stream()
        .flatMap(register ->
            register instanceof LostContent lost ? Stream.of(lost.content()) : Stream.empty())
        .toList();
  }

  private static List<PendingOutcome> outcomes(Replica replica, String id, long nowMillis) {
    var tables = replica.tables();
    return tables.pending(id).stream()
        .map((PendingAction action) -> PendingOutcome.of(action, tables.votes(id), nowMillis))
        .toList();
  }
}
