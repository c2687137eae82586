package dev.quorate.simulation;

import dev.quorate.federation.BatchReader;
import dev.quorate.federation.Paging;
import dev.quorate.federation.Receiving;
import dev.quorate.quorum.QuorumPolicy;
import dev.quorate.replication.Operation;
import dev.quorate.replication.Operations;
import dev.quorate.replication.Outcome;
import dev.quorate.store.Position;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One node: a store that lasts, and what a crash takes away.
final class SimNode {
  private static final long KEEP_MILLIS = 500;
  private static final int SYNC_MILLIS_MAX = 6;

  private final String id;
  private final Simulation world;
  private SimStore store;
  private int life;
  private boolean up;

  private final List<Runnable> queue = new ArrayList<>();
  private final List<Waiter> waiters = new ArrayList<>();
  private final List<SimLink> links = new ArrayList<>();
  private final Map<String, Position> fresh = new TreeMap<>();
  private @Nullable Protocol protocol;

  long skewMillis;
  int slowMillis;

  /// What it answers everybody for a while.
  Optional<Function<Long, Outcome>> refusing = Optional.empty();

  /// What it answers every push for a while, though it says who it is.
  Optional<Function<Long, Outcome>> refusingPushes = Optional.empty();

  /// Whether it takes what it is sent, but does not say who it is.
  boolean hidden;

  /// The register that it cannot read, and any push with it, by its key; empty for none.
  String unreadable = "";

  /// Nonces of pushes that it has seen.
  final Set<Long> nonces = new HashSet<>();

  /// A push of more items is too large for it.
  int itemsMax = Integer.MAX_VALUE;

  /// The program's own code, as one life of the node has it.
  private record Protocol(
      Operations operations, Receiving receiving, BatchReader reader, Paging paging) {}

  /// Who waits for a receipt.
  private record Waiter(Operation operation, Write write) {}

  /// A write as the user sees it.
  ///
  /// @param written what it came to
  record Write(SimStore.Written<?> written, String epoch) {}

  SimNode(String id, Simulation world) {
    this.id = id;
    this.world = world;
    this.store = new SimStore(id, world.freshEpoch(id), this::wall);
  }

  String id() {
    return id;
  }

  SimStore store() {
    return store;
  }

  private Protocol protocol() {
    return Objects.requireNonNull(protocol, "a node that never started");
  }

  Operations operations() {
    return protocol().operations;
  }

  Receiving receiving() {
    return protocol().receiving;
  }

  BatchReader reader() {
    return protocol().reader;
  }

  Paging paging() {
    return protocol().paging;
  }

  List<SimLink> links() {
    return links;
  }

  boolean up() {
    return up;
  }

  int slowMillis() {
    return slowMillis;
  }

  /// What its clock on the wall shows.
  long wall() {
    return world.timeline().now() + skewMillis;
  }

  /// The same, but for nothing once the node has crashed.
  <T> Consumer<T> living(Consumer<T> consumer) {
    var born = life;
    return value -> {
      if (up && life == born) consumer.accept(value);
    };
  }

  void after(long millis, Runnable what) {
    var lasting = living((Object _) -> what.run());
    world.timeline().after(millis, () -> lasting.accept(""));
  }

  /// Starts from what is on disk.
  void start() {
    up = true;
    life++;
    var others =
        world.nodes().stream().map(SimNode::id).filter(other -> !other.equals(id)).toList();
    var peers = world.conduct().counted(others.stream().collect(Collectors.toSet()));
    var conditions = world.conditions();
    var policy =
        new QuorumPolicy(conditions.nodes(), conditions.writes(), Conditions.QUORUM_MILLIS);
    var receiving = new Receiving(Conditions.CLOCK_AHEAD_MILLIS_MAX);
    protocol =
        new Protocol(
            new Operations(policy, id, peers),
            receiving,
            new BatchReader(id, store.epoch()),
            new Paging(id, store.epoch(), receiving));
    links.clear();
    others.forEach(other -> links.add(new SimLink(this, world.node(other), world)));
    links.forEach(SimLink::start);
    after(KEEP_MILLIS, this::keepCursors);
  }

  /// Ends without warning: what was not synced is gone, and so is everything in memory.
  void crash() {
    up = false;
    life++;
    queue.clear();
    waiters.clear();
    links.clear();
    fresh.clear();
  }

  /// Puts a backup in place of the store, of a node that is down.
  void restore(SimState backup) {
    store = new SimStore(id, backup.copy(world.freshEpoch(id)), this::wall);
  }

  /// Has a mutation committed with the next sync.
  <T> void submit(
      Function<SimTransaction, T> mutation, Consumer<SimStore.Written<T>> done, Runnable refused) {
    if (queue.isEmpty()) after(1 + world.chance().below(SYNC_MILLIS_MAX), this::sync);
    queue.add(() -> {
      SimStore.Written<T> written;
      try {
        written = store.write(mutation);
      } catch (Refusal _) {
        refused.run();
        return;
      }
      world.checks().committed(this, written);
      // Whoever waited runs on after the commit, not within it.
      after(0, () -> done.accept(written));
    });
  }

  <T> void submit(Function<SimTransaction, T> mutation, Consumer<SimStore.Written<T>> done) {
    submit(mutation, done, () -> {});
  }

  /// A user's mutation that its own rules refuse.
  static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private void sync() {
    var batch = List.copyOf(queue);
    queue.clear();
    batch.forEach(Runnable::run);
    links.forEach(SimLink::step);
  }

  /// Runs a user's mutation and waits for its receipt.
  void write(Function<SimTransaction, Boolean> mutation) {
    submit(
        mutation,
        written -> {
          var write = new Write(written, store.epoch());
          // The writer's own thread may come to run after a link has sent the change already.
          after(world.chance().below(4), () -> await(write));
        });
  }

  private void await(Write write) {
    var made = write.written().made();
    var operation =
        operations()
            .begin(made, Math.min(write.written().ownSequence(), store.owedSequence()), wall());
    world.checks().begun(this, operation, write);
    if (!operation.met()) links.forEach(SimLink::wantIfResting);
    var waiter = new Waiter(operation, write);
    waiters.add(waiter);
    after(Conditions.QUORUM_MILLIS, () -> answer(waiter));
    told();
  }

  /// Answers those whose wait is over.
  void told() {
    for (var waiter : List.copyOf(waiters)) {
      if (waiter.operation().settled(wall())) answer(waiter);
    }
  }

  private void answer(Waiter waiter) {
    if (!waiters.remove(waiter)) return;
    world.checks().verdict(this, waiter.operation().verdict(), waiter.write());
  }

  void moved(Position position) {
    fresh.put(position.peer(), position);
  }

  private void keepCursors() {
    if (!fresh.isEmpty()) {
      var moved = List.copyOf(fresh.values());
      fresh.clear();
      submit(
          transaction -> {
            moved.forEach(transaction.peers()::pushed);
            return true;
          },
          _ -> {});
    }
    after(KEEP_MILLIS, this::keepCursors);
  }

  /// A message of a node arrived.
  void heard(String node) {
    for (var link : List.copyOf(links)) {
      if (link.peer().id().equals(node)) link.heard();
    }
  }

  /// Whether somebody still waits.
  boolean waiting() {
    return !waiters.isEmpty();
  }
}
