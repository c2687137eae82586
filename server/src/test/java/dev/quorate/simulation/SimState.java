package dev.quorate.simulation;

import dev.quorate.store.MemoryTables;
import dev.quorate.store.NonceRow;
import dev.quorate.store.Position;
import dev.quorate.store.Quarantined;
import java.util.TreeMap;

/// Everything that a store keeps. A copy of it is a backup.
final class SimState {
  final MemoryTables tables;
  final TreeMap<String, Long> holdings = new TreeMap<>();
  final TreeMap<String, Long> pushed = new TreeMap<>();
  final TreeMap<String, Position> pulled = new TreeMap<>();
  final TreeMap<String, Quarantined> quarantine = new TreeMap<>();
  final TreeMap<String, NonceRow> nonces = new TreeMap<>();
  final String epoch;
  long clockTime;

  SimState(MemoryTables tables, String epoch) {
    this.tables = tables;
    this.epoch = epoch;
  }

  SimState copy(String newEpoch) {
    var copy = new SimState(tables.copy(newEpoch), newEpoch);
    copy.holdings.putAll(holdings);
    copy.pushed.putAll(pushed);
    copy.pulled.putAll(pulled);
    copy.quarantine.putAll(quarantine);
    copy.nonces.putAll(nonces);
    copy.clockTime = clockTime;
    return copy;
  }
}
