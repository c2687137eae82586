package dev.quorate.replication;

import dev.quorate.merge.Lane;
import dev.quorate.quorum.AckTracker;
import dev.quorate.quorum.Miss;
import dev.quorate.quorum.QuorumPolicy;
import dev.quorate.store.Made;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// The mutations of this node that some peer may not hold yet, and what each peer has shown to
/// hold. A peer counts when its answers show that it holds what the operation made, not because its
/// cursor has passed a number: what is sent is the newest state, and a batch that was cut may have
/// left out what changed again. Not thread-safe.
public final class Operations {
  /// How many operations are remembered that not everybody holds.
  static final int REMEMBERED_MAX = 50_000;

  /// How many changes they may have made together, but for those of the last one.
  static final int CHANGES_MAX = 200_000;

  private final QuorumPolicy policy;
  private final String self;
  private final Map<String, Holding> peers = new HashMap<>();
  private final TreeMap<Slot, Operation> open = new TreeMap<>();
  private long begun;
  private long changes;

  /// Where an operation stands: by its number, and among those that made nothing by their order.
  private record Slot(long sequence, long order) implements Comparable<Slot> {
    static Slot lastOf(long sequence) {
      return new Slot(sequence, Long.MAX_VALUE);
    }

    @Override
    public int compareTo(Slot other) {
      var bySequence = Long.compare(sequence, other.sequence);
      return bySequence != 0 ? bySequence : Long.compare(order, other.order);
    }
  }

  /// What one peer has shown to hold.
  private static final class Holding {
    /// Of its store; empty before it was greeted.
    private String epoch = "";

    /// Everything up to here, except for what it refused.
    private long through = -1;

    /// The same at the last time when it refused nothing. What it refuses may stand for more than
    /// its own name says: a delete for the contents that it erased here before they were sent. It
    /// may also be what a mutation that made nothing has found.
    private long sound = -1;

    /// What it got beyond that: batches that were cut, and the last one.
    private final Parts parts = new Parts();

    /// Names of registers that it does not take.
    private final Set<String> refused = new HashSet<>();

    boolean holds(List<Made> made, long sequence) {
      if (made.stream().anyMatch(change -> refused.contains(Parcel.name(change)))) return false;
      return sequence <= sound || (!made.isEmpty() && made.stream().allMatch(parts::have));
    }

    /// Whether it got everything up to a number, and refuses some of it: more does not come by
    /// itself.
    boolean refusesSome(long sequence) {
      return !refused.isEmpty() && sequence > sound && sequence <= through;
    }

    /// Whoever refuses nothing holds everything that it got.
    void settle() {
      if (!refused.isEmpty()) return;
      sound = through;
      parts.forgetUpTo(sound);
    }
  }

  /// @param peers the replica peers, by the names of their links
  public Operations(QuorumPolicy policy, String self, Set<String> peers) {
    this.policy = policy;
    this.self = self;
    peers.forEach(peer -> this.peers.put(peer, new Holding()));
  }

  /// Begins to track what was committed here just now.
  ///
  /// @param made what it changed; nothing for a mutation that only found what others made
  /// @param sequence the number up to which a peer must hold everything, when nothing was made
  public Operation begin(List<Made> made, long sequence, long nowMillis) {
    var operation = judge(made, sequence, nowMillis);
    if (!operation.everywhere()) {
      open.put(new Slot(sequence, begun++), operation);
      changes += made.size();
      while (open.size() > REMEMBERED_MAX || (changes > CHANGES_MAX && open.size() > 1)) {
        forget(open.firstKey());
      }
    }
    return operation;
  }

  private void forget(Slot slot) {
    var operation = open.remove(slot);
    if (operation != null) changes -= operation.made().size();
  }

  /// Whoever waited for it was answered. One that made nothing need not be remembered: what it says
  /// can be had from its number, and retries would otherwise take the room of those that made
  /// something.
  public void answered(Operation operation) {
    if (!operation.made().isEmpty()) return;
    var sequence = operation.sequence();
    open.subMap(new Slot(sequence, 0), true, Slot.lastOf(sequence), true)
        .values()
        .removeIf(operation::equals);
  }

  /// How it stands with everything up to a number, by what each peer has shown to hold so far. To
  /// ask is not to wait: nothing is remembered of it.
  public Operation judge(long sequence, long nowMillis) {
    return judge(List.of(), sequence, nowMillis);
  }

  private Operation judge(List<Made> made, long sequence, long nowMillis) {
    var acks = new AckTracker(policy, self, peers.keySet(), nowMillis);
    var operation = new Operation(sequence, made, acks);
    acks.recordLocal();
    peers.forEach((peer, holding) -> {
      if (holding.holds(made, sequence)) {
        operation.held(peer);
      } else if (isRefused(operation, holding)) {
        operation.failed(peer, Miss.REFUSED);
      }
    });
    return operation;
  }

  /// The peer answered that it holds a batch, but for what it skipped. Returns the operations whose
  /// count changed.
  public List<Operation> delivered(String peer, Batch batch, List<Outcome.Skip> skipped) {
    var holding = peers.get(peer);
    if (holding == null) return List.of();
    var refused = new HashSet<Integer>();
    for (var skip : skipped) refused.add(skip.position());
    var parcels = new HashMap<String, Parcel>();
    for (var i = 0; i < batch.parcels().size(); i++) {
      var parcel = batch.parcels().get(i);
      if (refused.contains(i)) {
        holding.refused.add(parcel.name());
      } else {
        holding.refused.remove(parcel.name());
        parcels.put(parcel.name(), parcel);
      }
    }
    if (batch.complete()) holding.parts.clear();
    parcels.values().forEach(holding.parts::add);
    if (batch.complete()) holding.through = Math.max(holding.through, batch.upTo());
    holding.settle();
    return advance(peer, holding, batch, parcels);
  }

  private List<Operation> advance(
      String peer, Holding holding, Batch batch, Map<String, Parcel> parcels) {
    var changed = new ArrayList<Operation>();
    var everywhere = new ArrayList<Slot>();
    for (var entry : open.headMap(Slot.lastOf(batch.upTo()), true).entrySet()) {
      var operation = entry.getValue();
      if (isRefused(operation, holding)) {
        operation.failed(peer, Miss.REFUSED);
        changed.add(operation);
      } else if (!operation.acks().holds(peer)
          && (holding.holds(operation.made(), operation.sequence())
              || operation.heldPart(peer, parcels))) {
        operation.held(peer);
        changed.add(operation);
        if (operation.everywhere()) everywhere.add(entry.getKey());
      }
    }
    everywhere.forEach(this::forget);
    return changed;
  }

  /// Whether the peer refuses something of the operation; of one that made nothing nobody can say
  /// what it found, and so it may be anything that the peer refuses.
  private static boolean isRefused(Operation operation, Holding holding) {
    return operation.made().isEmpty()
        ? holding.refusesSome(operation.sequence())
        : operation.touches(holding.refused);
  }

  /// What was set aside is with the peer now. Returns the operations that it may concern.
  public List<Operation> released(String peer, Lane lane, String key) {
    var holding = peers.get(peer);
    if (holding == null) return List.of();
    holding.refused.remove(lane + "\n" + key);
    holding.settle();
    var changed = new ArrayList<Operation>();
    for (var operation : open.values()) {
      if (holding.holds(operation.made(), operation.sequence())) {
        operation.held(peer);
        changed.add(operation);
      }
    }
    return changed;
  }

  /// What the peer holds and refuses according to what was kept of it: a start, or a greeting.
  ///
  /// @param epoch of its store; whatever one of another epoch held, this one has yet to show
  /// @param through up to which number it holds everything, -1 when that is not known
  public List<Operation> known(String peer, String epoch, long through, Set<String> refused) {
    var holding = peers.get(peer);
    if (holding == null) return List.of();
    if (!epoch.equals(holding.epoch)) open.values().forEach(operation -> operation.lost(peer));
    holding.epoch = epoch;
    holding.through = through;
    holding.parts.clear();
    holding.refused.clear();
    holding.refused.addAll(refused);
    holding.sound = -1;
    holding.settle();
    return advance(peer, holding, new Batch(through, through, true, List.of()), Map.of());
  }

  /// An attempt to reach the peer failed that would have brought it everything up to a number.
  /// Returns the operations that were told so.
  public List<Operation> failed(String peer, long upTo, Miss reason) {
    if (!peers.containsKey(peer)) return List.of();
    var told = List.copyOf(open.headMap(Slot.lastOf(upTo), true).values());
    told.forEach(operation -> operation.failed(peer, reason));
    return told;
  }

  /// The operation whose last change has this number, if it is still remembered; one that made
  /// nothing stands for it only where there is no other. Where one made the change and others found
  /// it, it is the one that the fewest hold: what it says is true of each.
  public Optional<Operation> find(long sequence) {
    var there = open.subMap(new Slot(sequence, 0), true, Slot.lastOf(sequence), true).values();
    return there.stream()
        .filter(operation -> !operation.made().isEmpty())
        .min(Comparator.comparingInt(operation -> operation.verdict().nodes().size()))
        .or(() -> there.stream().reduce((_, last) -> last));
  }

  public QuorumPolicy policy() {
    return policy;
  }
}
