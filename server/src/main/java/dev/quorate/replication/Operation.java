package dev.quorate.replication;

import dev.quorate.quorum.AckTracker;
import dev.quorate.quorum.Miss;
import dev.quorate.quorum.Verdict;
import dev.quorate.store.Made;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// One mutation on its way to the peers. Not thread-safe.
public final class Operation {
  /// The way of so many changes is about as long as that of one.
  private static final int FEW = 16;

  private final long sequence;
  private final List<Made> made;
  private final AckTracker acks;
  private boolean told;

  /// What a peer that got only parts has not shown to hold yet, by the name of the register.
  private final Map<String, Map<String, Made>> lacking = new HashMap<>();

  Operation(long sequence, List<Made> made, AckTracker acks) {
    this.sequence = sequence;
    this.made = made;
    this.acks = acks;
    this.told = made.isEmpty() || made.size() > FEW;
  }

  /// The number of its last change.
  public long sequence() {
    return sequence;
  }

  List<Made> made() {
    return made;
  }

  AckTracker acks() {
    return acks;
  }

  boolean touches(Set<String> names) {
    if (names.isEmpty()) return false;
    return made.stream().anyMatch(change -> names.contains(Parcel.name(change)));
  }

  /// The peer holds a batch that was cut. Returns whether it now holds all of this operation. Of
  /// one that made nothing a part says nothing: what it found may be what the batch left out.
  boolean heldPart(String peer, Map<String, Parcel> parcels) {
    if (made.isEmpty()) return false;
    var left = lacking.computeIfAbsent(peer, _ -> everything());
    left.entrySet()
        .removeIf(entry -> {
          var parcel = parcels.get(entry.getKey());
          return parcel != null && parcel.carried().holds(entry.getValue());
        });
    return left.isEmpty();
  }

  private Map<String, Made> everything() {
    var all = new HashMap<String, Made>();
    for (var change : made) all.put(Parcel.name(change), change);
    return all;
  }

  void held(String peer) {
    lacking.remove(peer);
    acks.recordHeld(peer);
  }

  void lost(String peer) {
    lacking.remove(peer);
    acks.recordLost(peer);
  }

  void failed(String peer, Miss reason) {
    acks.recordFailed(peer, reason);
  }

  public boolean met() {
    return acks.met();
  }

  /// True once, when its quorum is there, whether or not somebody still waits for that. Never of
  /// one that made nothing, or so much that its way says nothing of that of others.
  public boolean reachedNow() {
    if (told || !met()) return false;
    told = true;
    return true;
  }

  public long begunMillis() {
    return acks.begunMillis();
  }

  /// Whether every node holds it.
  public boolean everywhere() {
    return acks.everywhere();
  }

  public boolean settled(long nowMillis) {
    return acks.settled(nowMillis);
  }

  /// Whether every peer holds it or failed, or time is over.
  public boolean spread(long nowMillis) {
    return acks.heardOfAll() || nowMillis >= acks.deadlineMillis();
  }

  /// How many of its changes each peer has not shown to hold; peers that have all are left out.
  public Map<String, Integer> lacking() {
    var left = new HashMap<String, Integer>();
    for (var peer : acks.missing()) {
      var some = lacking.get(peer);
      left.put(peer, some == null ? made.size() : some.size());
    }
    return left;
  }

  public long deadlineMillis() {
    return acks.deadlineMillis();
  }

  public Verdict verdict() {
    return acks.finalise();
  }

  /// The registers it changed.
  public Set<String> names() {
    var names = new HashSet<String>();
    made.forEach(change -> names.add(Parcel.name(change)));
    return names;
  }
}
