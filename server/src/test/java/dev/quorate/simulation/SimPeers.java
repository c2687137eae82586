package dev.quorate.simulation;

import dev.quorate.store.NonceRow;
import dev.quorate.store.Origin;
import dev.quorate.store.PeerBook;
import dev.quorate.store.Position;
import dev.quorate.store.Quarantined;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What a node keeps of its peers, as it is.
final class SimPeers implements PeerBook {
  private static final Comparator<Quarantined> OLDEST_FIRST =
      Comparator.comparingLong(Quarantined::sinceMillis)
          .thenComparing(Quarantined::lane)
          .thenComparing(Quarantined::key);

  private final SimState state;
  private final List<Origin> held = new ArrayList<>();

  SimPeers(SimState state) {
    this.state = state;
  }

  /// What was said to be held.
  List<Origin> held() {
    return held;
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

  private static String name(String node, String epoch) {
    return node + "\n" + epoch;
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
  public List<NonceRow> nonces() {
    return List.copyOf(state.nonces.values());
  }

  @Override
  public void hold(Origin upTo) {
    held.add(upTo);
    state.holdings.merge(name(upTo.node(), upTo.epoch()), upTo.sequence(), Math::max);
  }

  @Override
  public void pushed(Position position) {
    var name = name(position.peer(), position.epoch());
    state.pushed.merge(name, position.sequence(), Math::max);
  }

  @Override
  public void pulled(Position position) {
    state.pulled.merge(
        position.peer(),
        position,
        (before, after) ->
            before.epoch().equals(after.epoch()) && before.sequence() > after.sequence()
                ? before
                : after);
  }

  @Override
  public void quarantine(Quarantined item) {
    state.quarantine.merge(
        name(item),
        item,
        (before, after) ->
            new Quarantined(
                after.peer(),
                after.lane(),
                after.key(),
                after.reason(),
                after.retryMillis(),
                before.sinceMillis()));
  }

  @Override
  public void release(Quarantined item) {
    state.quarantine.remove(name(item));
  }

  private static String name(Quarantined item) {
    return item.peer() + "\n" + item.lane() + "\n" + item.key();
  }

  @Override
  public void showed(String guest, Collection<String> ids) {
    for (var id : ids) state.tables.showed(guest, id);
  }

  @Override
  public void keep(NonceRow row) {
    var name = row.peer() + "\n" + row.key();
    if (row.value() == null) state.nonces.remove(name);
    else state.nonces.put(name, row);
  }
}
