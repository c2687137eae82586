package dev.quorate.simulation;

import dev.quorate.merge.Register;
import dev.quorate.store.Made;
import dev.quorate.store.MemoryTables;
import dev.quorate.store.Origin;
import dev.quorate.store.ReplicaSnapshot;
import dev.quorate.store.ReplicaStore;
import dev.quorate.store.ReplicaTransaction;
import dev.quorate.time.HybridClock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;

/// A store in memory: a mutation either stands as a whole or leaves nothing but used-up numbers.
/// What stands is durable. Not thread-safe.
final class SimStore implements ReplicaStore {
  private final String nodeId;
  private final LongSupplier wallMillis;
  private final HybridClock clock;
  private SimState state;

  SimStore(String nodeId, String epoch, LongSupplier wallMillis) {
    this(nodeId, new SimState(new MemoryTables(nodeId, epoch), epoch), wallMillis);
  }

  /// Opens what was kept.
  SimStore(String nodeId, SimState state, LongSupplier wallMillis) {
    this.nodeId = nodeId;
    this.state = state;
    this.wallMillis = wallMillis;
    this.clock = new HybridClock(nodeId, state.clockTime);
  }

  /// What a mutation came to.
  ///
  /// @param sequence the store's, as it was durable then
  /// @param made what it changed here
  /// @param registers what of that still stood at its end, and what it found
  /// @param held what it said to be held
  record Written<T>(
      T value, long sequence, List<Made> made, List<Register> registers, List<Origin> held) {
    long ownSequence() {
      return made.isEmpty() ? sequence : made.getLast().sequence();
    }
  }

  /// Runs a mutation; what it throws undoes it.
  <T> Written<T> write(Function<SimTransaction, T> mutation) {
    var before = state.copy(state.epoch);
    var transaction = new SimTransaction(state, clock, wallMillis.getAsLong());
    try {
      var value = mutation.apply(transaction);
      var made = List.copyOf(transaction.settle());
      state.clockTime = clock.last();
      var registers = standing(made);
      registers.addAll(transaction.found());
      return new Written<>(
          value, committedSequence(), made, registers, List.copyOf(transaction.held()));
    } catch (RuntimeException | Error e) {
      before.tables.skipTo(state.tables.lastNumber());
      state = before;
      throw e;
    }
  }

  private List<Register> standing(List<Made> made) {
    var registers = new ArrayList<Register>();
    for (var change : made) {
      state
          .tables
          .register(change.lane(), change.key())
          .filter(register -> register.hash().equals(change.hash()))
          .ifPresent(registers::add);
    }
    return registers;
  }

  @Override
  public String nodeId() {
    return nodeId;
  }

  @Override
  public String epoch() {
    return state.epoch;
  }

  @Override
  public <T> T replicate(Function<ReplicaTransaction, T> edit) {
    return write(edit::apply).value();
  }

  @Override
  public <T> T look(Function<ReplicaSnapshot, T> look) {
    return look.apply(new SimSnapshot(state, wallMillis.getAsLong()));
  }

  @Override
  public long committedSequence() {
    return state.tables.lastNumber();
  }

  @Override
  public long owedSequence() {
    return state.tables.owed();
  }

  SimState state() {
    return state;
  }

  MemoryTables tables() {
    return state.tables;
  }
}
