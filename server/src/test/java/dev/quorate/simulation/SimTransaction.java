package dev.quorate.simulation;

import dev.quorate.memory.Body;
import dev.quorate.memory.Memory;
import dev.quorate.merge.Lane;
import dev.quorate.merge.Register;
import dev.quorate.store.Edits;
import dev.quorate.store.Effect;
import dev.quorate.store.Ledger;
import dev.quorate.store.Made;
import dev.quorate.store.Origin;
import dev.quorate.store.PeerBook;
import dev.quorate.store.ReplicaTransaction;
import dev.quorate.store.Shown;
import dev.quorate.time.HybridClock;
import dev.quorate.time.Stamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One mutation of the state in memory.
final class SimTransaction extends SimSnapshot implements ReplicaTransaction {
  private final HybridClock clock;
  private final Ledger ledger;
  private final Edits edits;
  private final SimPeers peers;
  private final List<Register> found = new ArrayList<>();

  SimTransaction(SimState state, HybridClock clock, long nowMillis) {
    super(state, nowMillis);
    this.peers = new SimPeers(state);
    this.clock = clock;
    this.ledger = new Ledger(state.tables, clock, nowMillis);
    this.edits = new Edits(state.tables, ledger, this::stamp, this::shownVersion);
  }

  /// Ends the mutation's own work. Returns what it made.
  List<Made> settle() {
    ledger.joinTwins();
    return ledger.made();
  }

  /// What it said to be held.
  List<Origin> held() {
    return peers.held();
  }

  /// A user's mutation found a memory as it was to make it.
  void findMemory(String id) {
    expect(id);
    ledger.foundMemory(id);
  }

  /// Has whoever is named in the receipt hold what makes the memory what it is here.
  void expect(String id) {
    register(Lane.CONTENT, id).ifPresent(found::add);
    register(Lane.LIFECYCLE, id).ifPresent(found::add);
    found.addAll(state.tables.aliases(id));
  }

  /// What it found.
  List<Register> found() {
    return found;
  }

  Edits edits() {
    return edits;
  }

  void together() {
    ledger.beginTogether();
  }

  /// Merges a register as if it was made here.
  boolean merge(Register register) {
    return ledger.apply(register);
  }

  boolean erased(String id) {
    return ledger.erased(id);
  }

  private Optional<Long> shownVersion(String id) {
    var members = new ArrayList<>(List.of(id));
    for (var fact : state.tables.aliases(id)) members.addAll(List.of(fact.first(), fact.second()));
    for (var member : members) {
      var view = state.tables.view(member);
      if (view.isEmpty() || view.get().shown() == Shown.HIDDEN) continue;
      return state.tables.content(member).map(content -> Body.read(content.body()).version());
    }
    return Optional.empty();
  }

  @Override
  public PeerBook peers() {
    return peers;
  }

  @Override
  public Effect receive(
      Register register,
      @Nullable Memory memory,
      @Nullable Origin origin,
      @Nullable String together) {
    return ledger.receive(register, memory, origin, together);
  }

  @Override
  public Stamp stamp() {
    return clock.next(nowMillis());
  }

  @Override
  public void hide(String contentId) {
    throw new UnsupportedOperationException("nothing is damaged in memory");
  }
}
