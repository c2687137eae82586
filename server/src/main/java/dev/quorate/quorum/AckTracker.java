package dev.quorate.quorum;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Who holds one write. A peer counts once, whatever it says how often; one that failed counts as
/// soon as it holds the write after all. Not thread-safe.
public final class AckTracker {
  private final QuorumPolicy policy;
  private final String self;
  private final Set<String> peers;
  private final long deadlineMillis;
  private final SequencedSet<String> holders = new LinkedHashSet<>();
  private final Map<String, Miss> failed = new LinkedHashMap<>();
  private boolean local;

  /// Tracks a write that was begun now.
  ///
  /// @param peers the replica peers; nobody else counts
  public AckTracker(QuorumPolicy policy, String self, Set<String> peers, long nowMillis) {
    this.policy = policy;
    this.self = self;
    this.peers = Set.copyOf(peers);
    this.deadlineMillis = nowMillis + policy.timeoutMillis();
  }

  /// This node has it on disk.
  public void recordLocal() {
    local = true;
  }

  /// The peer's answer showed that it has it on disk. Returns whether that is news.
  public boolean recordHeld(String peer) {
    if (!peers.contains(peer)) return false;
    failed.remove(peer);
    return holders.add(peer);
  }

  /// What the peer held is lost, with its store.
  public void recordLost(String peer) {
    holders.remove(peer);
  }

  public boolean holds(String peer) {
    return holders.contains(peer);
  }

  /// An attempt to bring it to the peer failed. Of several failures the last one counts.
  public void recordFailed(String peer, Miss reason) {
    if (peers.contains(peer) && !holders.contains(peer)) failed.put(peer, reason);
  }

  /// Whether enough nodes hold it.
  public boolean met() {
    return local && holders.size() + 1 >= policy.writes();
  }

  /// Whether every node of the mesh holds it.
  public boolean everywhere() {
    return local && holders.size() + 1 >= policy.nodes();
  }

  /// Whether waiting on is pointless: it is met, or every peer holds it or failed, or time is over.
  public boolean settled(long nowMillis) {
    return met() || heardOfAll() || nowMillis >= deadlineMillis;
  }

  /// Whether every peer holds it or failed.
  public boolean heardOfAll() {
    return holders.size() + failed.size() >= peers.size();
  }

  /// The peers that do not hold it.
  public Set<String> missing() {
    var missing = new TreeSet<>(peers);
    missing.removeAll(holders);
    return missing;
  }

  /// When the local commit was.
  public long begunMillis() {
    return deadlineMillis - policy.timeoutMillis();
  }

  public long deadlineMillis() {
    return deadlineMillis;
  }

  /// The verdict as it stands. That a quorum was met counts, however late.
  ///
  /// @throws IllegalStateException before the local commit
  public Verdict finalise() {
    if (!local) throw new IllegalStateException("finalised before the local commit");
    var nodes = new ArrayList<String>();
    nodes.add(self);
    nodes.addAll(holders);
    if (met()) return new Verdict.Met(List.copyOf(nodes));
    var misses = new TreeMap<String, Miss>();
    for (var peer : peers) {
      if (!holders.contains(peer)) misses.put(peer, failed.getOrDefault(peer, Miss.TIMEOUT));
    }
    return new Verdict.NotMet(List.copyOf(nodes), policy.writes(), commonest(misses), misses);
  }

  /// Of equally frequent ones the one declared first.
  private static Miss commonest(Map<String, Miss> misses) {
    var counts = new EnumMap<Miss, Integer>(Miss.class);
    misses.values().forEach(miss -> counts.merge(miss, 1, Integer::sum));
    var commonest = Miss.TIMEOUT;
    var most = 0;
    for (var count : counts.entrySet()) {
      if (count.getValue() <= most) continue;
      commonest = count.getKey();
      most = count.getValue();
    }
    return commonest;
  }
}
