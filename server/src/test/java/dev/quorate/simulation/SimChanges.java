package dev.quorate.simulation;

import dev.quorate.merge.Lane;
import dev.quorate.store.Change;
import dev.quorate.store.Changes;
import dev.quorate.store.MemoryTables;
import dev.quorate.store.Origin;
import java.util.List;
import java.util.Optional;

/// The sequence of changes, as it is.
final class SimChanges implements Changes {
  private final MemoryTables tables;

  SimChanges(MemoryTables tables) {
    this.tables = tables;
  }

  @Override
  public List<Change> after(long sequence, int limit) {
    return tables.changes().tailMap(sequence, false).values().stream().limit(limit).toList();
  }

  @Override
  public long heldThrough(long sequence, List<Origin> holds) {
    return tables.changes().tailMap(sequence, false).values().stream()
        .filter(change ->
            holds.stream()
                .noneMatch(origin ->
                    origin.node().equals(change.origin())
                        && origin.epoch().equals(change.originEpoch())
                        && origin.sequence() >= change.originSequence()))
        .mapToLong(change -> change.sequence() - 1)
        .findFirst()
        .orElse(Math.max(sequence, lastSequence()));
  }

  @Override
  public List<Change> ownAfter(long sequence, int limit) {
    return tables.changes().tailMap(sequence, false).values().stream()
        .filter(tables::madeHere)
        .limit(limit)
        .map(this::told)
        .toList();
  }

  /// The change with the origin of its register's present state.
  private Change told(Change change) {
    var latest = tables.latestChange(change.lane(), change.key()).orElse(change);
    return new Change(
        change.sequence(),
        change.lane(),
        change.key(),
        latest.origin(),
        latest.originEpoch(),
        latest.originSequence(),
        change.together());
  }

  @Override
  public Optional<Long> ownSequence(Lane lane, String key) {
    return tables.changes().values().stream()
        .filter(tables::madeHere)
        .filter(change -> change.lane() == lane && change.key().equals(key))
        .map(Change::sequence)
        .findFirst();
  }

  @Override
  public Optional<Change> latest(Lane lane, String key) {
    return tables.latestChange(lane, key);
  }

  @Override
  public List<Change> ownOf(String together) {
    return tables.changes().values().stream()
        .filter(tables::madeHere)
        .filter(change -> together.equals(change.together()))
        .map(this::told)
        .toList();
  }

  @Override
  public long lastSequence() {
    return tables.lastNumber();
  }
}
