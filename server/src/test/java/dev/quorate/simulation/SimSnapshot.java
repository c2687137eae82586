package dev.quorate.simulation;

import dev.quorate.merge.Digest;
import dev.quorate.merge.Lane;
import dev.quorate.merge.Register;
import dev.quorate.merge.Vote;
import dev.quorate.store.Changes;
import dev.quorate.store.NonceRow;
import dev.quorate.store.Origin;
import dev.quorate.store.Position;
import dev.quorate.store.Quarantined;
import dev.quorate.store.RegisterName;
import dev.quorate.store.ReplicaSnapshot;
import dev.quorate.store.Tables;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The reads, on the state as it is.
class SimSnapshot implements ReplicaSnapshot {
  private static final Comparator<Quarantined> OLDEST_FIRST =
      Comparator.comparingLong(Quarantined::sinceMillis)
          .thenComparing(Quarantined::lane)
          .thenComparing(Quarantined::key);

  final SimState state;
  private final long nowMillis;

  SimSnapshot(SimState state, long nowMillis) {
    this.state = state;
    this.nowMillis = nowMillis;
  }

  static String name(String node, String epoch) {
    return node + "\n" + epoch;
  }

  @Override
  public long nowMillis() {
    return nowMillis;
  }

  @Override
  public Optional<Register> register(Lane lane, String key) {
    return state.tables.register(lane, key);
  }

  @Override
  public List<String> shownUnder(String namespace, String title) {
    return state.tables.liveUnder(namespace, title, nowMillis).stream()
        .map(Tables.LiveContent::id)
        .toList();
  }

  @Override
  public List<Vote> votes(String pendingId) {
    return state.tables.votes(pendingId);
  }

  @Override
  public Changes changes() {
    return new SimChanges(state.tables);
  }

  @Override
  public List<Origin> holdings() {
    return state.holdings.entrySet().stream()
        .map(entry -> {
          var cut = entry.getKey().indexOf('\n');
          return new Origin(
              entry.getKey().substring(0, cut),
              entry.getKey().substring(cut + 1),
              entry.getValue());
        })
        .toList();
  }

  @Override
  public Optional<Position> pushed(String peer, String epoch) {
    return Optional.ofNullable(state.pushed.get(name(peer, epoch)))
        .map(sequence -> new Position(peer, epoch, sequence));
  }

  @Override
  public Optional<Position> pulled(String peer) {
    return Optional.ofNullable(state.pulled.get(peer));
  }

  @Override
  public List<Quarantined> quarantine(String peer) {
    return state.quarantine.values().stream()
        .filter(item -> item.peer().equals(peer))
        .sorted(OLDEST_FIRST)
        .toList();
  }

  @Override
  public List<Quarantined> quarantine() {
    return state.quarantine.values().stream()
        .sorted(Comparator.comparing(Quarantined::peer).thenComparing(OLDEST_FIRST))
        .toList();
  }

  @Override
  public boolean wasShown(String guest, String id) {
    return state.tables.wasShown(guest, id);
  }

  @Override
  public Digest digest() {
    return state.tables.digest().copy();
  }

  @Override
  public List<RegisterName> buckets(Set<Integer> buckets) {
    return state.tables.state().registers().values().stream()
        .filter(register -> buckets.contains(Digest.bucket(register.lane(), register.key())))
        .map(RegisterName::of)
        .toList();
  }

  @Override
  public List<NonceRow> nonces() {
    return List.copyOf(state.nonces.values());
  }
}
