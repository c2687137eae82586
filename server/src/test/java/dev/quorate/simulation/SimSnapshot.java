package dev.quorate.simulation;

import dev.quorate.merge.Digest;
import dev.quorate.merge.Lane;
import dev.quorate.merge.Register;
import dev.quorate.merge.Vote;
import dev.quorate.store.Changes;
import dev.quorate.store.Peers;
import dev.quorate.store.RegisterName;
import dev.quorate.store.ReplicaSnapshot;
import dev.quorate.store.Tables;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The reads, on the state as it is.
class SimSnapshot implements ReplicaSnapshot {
  final SimState state;
  private final long nowMillis;

  SimSnapshot(SimState state, long nowMillis) {
    this.state = state;
    this.nowMillis = nowMillis;
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
  public Peers peers() {
    return new SimPeers(state);
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
}
