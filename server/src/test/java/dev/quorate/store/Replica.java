package dev.quorate.store;

import dev.quorate.merge.Register;
import dev.quorate.time.HybridClock;
import java.util.Collection;
import java.util.List;

/// A node without its network: tables, and the ledger over them.
public final class Replica {
  private final String name;
  private final TablesContract.Opened opened;
  private final HybridClock clock;
  private final long wallMillis;

  public Replica(String name, TablesContract.Opened opened, long wallMillis) {
    this.name = name;
    this.opened = opened;
    this.clock = new HybridClock(name, 0);
    this.wallMillis = wallMillis;
  }

  public static Replica inMemory(String name, long wallMillis) {
    var tables = new MemoryTables();
    return new Replica(name, new TablesContract.Opened(tables, tables::state), wallMillis);
  }

  public String name() {
    return name;
  }

  public long wallMillis() {
    return wallMillis;
  }

  public Tables tables() {
    return opened.tables();
  }

  public State state() {
    return opened.state();
  }

  public State.Shared shared() {
    return state().shared();
  }

  /// Applies the batch in one mutation. Returns whether anything was recorded.
  public boolean receive(Collection<? extends Register> batch) {
    var ledger = ledger();
    batch.forEach(ledger::apply);
    ledger.joinTwins();
    return ledger.recorded() > 0;
  }

  public boolean receive(Register... batch) {
    return receive(List.of(batch));
  }

  /// The ledger of a new mutation.
  public Ledger ledger() {
    return new Ledger(opened.tables(), clock, wallMillis);
  }

  public boolean erased(String id) {
    return ledger().erased(id);
  }
}
