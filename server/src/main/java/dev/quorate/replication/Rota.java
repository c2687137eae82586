package dev.quorate.replication;

import dev.quorate.replication.PeerState.Identity;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Whom to read from and whom to compare digests with, and when. Who comes is read at once. After
/// that a few are read at each interval, in turn: what a peer makes it brings by itself, so reading
/// finds only what somebody could not bring who has since gone, and any peer that has it will do.
/// If all were asked each time, the nodes of a large mesh would do nothing else. Pure; not
/// thread-safe.
public final class Rota {
  /// How many are read, and how many compared with, at an interval.
  public static final int FEW = 3;

  private final Turns reading;
  private final Turns comparing;
  private final ComparisonTime comparison;
  private final long intervalMillis;
  private long turnedMillis;

  private final Map<String, Identity> there = new HashMap<>();
  private final Set<String> toRead = new LinkedHashSet<>();
  private final Set<String> toCompare = new LinkedHashSet<>();
  private final Set<String> urgent = new HashSet<>();
  private final Set<String> busy = new HashSet<>();

  /// @param peers their names
  /// @param readMillis between readings
  /// @param compareMillis between comparisons
  /// @param nowMillis of any clock that only goes forward, as in all that follows
  public Rota(List<String> peers, long readMillis, long compareMillis, long nowMillis) {
    this.reading = new Turns(peers);
    this.comparing = new Turns(peers);
    this.comparison = new ComparisonTime(compareMillis, nowMillis);
    this.intervalMillis = readMillis;
    this.turnedMillis = nowMillis;
  }

  /// Who is at a peer's address now; empty for nobody that could be read.
  public void found(String peer, Optional<Identity> who) {
    if (who.isEmpty()) {
      // One that was gone may have made something meanwhile.
      there.remove(peer);
    } else if (!who.get().equals(there.put(peer, who.get()))) {
      toRead.add(peer);
    }
  }

  /// Somebody waits for something that a peer has.
  public void hurry() {
    toRead.addAll(there.keySet());
    urgent.addAll(there.keySet());
  }

  /// What is to be done now, each peer being visited until [#done].
  public record Due(List<String> read, List<String> compare) {}

  /// What is to be done now. To be asked a few times a second.
  ///
  /// @param sequence the store's last change
  /// @param arriving whether peers are bringing what this node missed: what they bring need not be
  ///   read from others
  public Due due(long nowMillis, long sequence, boolean arriving) {
    if (nowMillis - turnedMillis >= intervalMillis) {
      turnedMillis = nowMillis;
      toRead.addAll(reading.take(FEW, there::containsKey));
    }
    if (comparison.due(nowMillis, sequence)) {
      toCompare.addAll(comparing.take(FEW, this::speaks));
    }
    var read = toRead.stream().filter(peer -> !arriving || urgent.contains(peer)).toList();
    var reads = take(read, toRead);
    reads.forEach(urgent::remove);
    return new Due(reads, take(arriving ? List.of() : List.copyOf(toCompare), toCompare));
  }

  private List<String> take(List<String> candidates, Set<String> from) {
    var taken =
        candidates.stream()
            .filter(there::containsKey)
            .filter(peer -> !busy.contains(peer))
            .toList();
    taken.forEach(from::remove);
    busy.addAll(taken);
    return taken;
  }

  private boolean speaks(String peer) {
    return Optional.ofNullable(there.get(peer)).map(Identity::speaks).orElse(false);
  }

  /// A visit is over.
  ///
  /// @param finished whether nothing was left to read
  public void done(String peer, boolean finished) {
    busy.remove(peer);
    if (!finished) toRead.add(peer);
  }
}
