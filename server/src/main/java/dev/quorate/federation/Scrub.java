package dev.quorate.federation;

import dev.quorate.merge.Lane;
import dev.quorate.store.RegisterName;
import dev.quorate.store.ReplicaSnapshot;
import dev.quorate.store.ReplicaStore;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Looks at everything on disk again and again, slowly, whether it still is what its hash says.
/// What is damaged is shown no more, and fetched from a peer. Thread-safe.
final class Scrub implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Scrub.class.getName());

  /// So many registers at a time cost nothing that could be felt, also where many nodes share a
  /// machine, and visit a million in a day.
  private static final int STEP = 50;

  private static final long STEP_MILLIS = 4_000;

  /// A small store is seen through every few seconds; what cannot be had is asked for less often.
  private static final long AGAIN_NANOS = TimeUnit.MINUTES.toNanos(5);

  private final ReplicaStore store;
  private final List<PeerLink> links;
  private final Repair repair;
  private final FederationMeters meters;
  private final Pulse closing = new Pulse();
  private final Thread thread;

  /// What is damaged, and when it was asked for; only for the one thread.
  private final Map<RegisterName, Long> askedFor = new HashMap<>();

  Scrub(ReplicaStore store, List<PeerLink> links, Repair repair, FederationMeters meters) {
    this.store = store;
    this.links = links;
    this.repair = repair;
    this.meters = meters;
    this.thread = Thread.ofVirtual().name("federation-scrub").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  private void run() {
    var after = 0L;
    try {
      while (closing.beats() == 0) {
        closing.await(0, STEP_MILLIS);
        after = step(after);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// What one step saw: where it ended, and what is damaged.
  private record Seen(long upTo, List<RegisterName> damaged) {}

  long step(long after) {
    try {
      var seen = store.look(snapshot -> look(snapshot, after));
      var now = System.nanoTime();
      askedFor.values().removeIf(at -> now - at > AGAIN_NANOS);
      var due = seen.damaged().stream().filter(name -> !askedFor.containsKey(name)).toList();
      due.forEach(name -> askedFor.put(name, now));
      if (!due.isEmpty()) mend(due);
      return seen.upTo();
    } catch (RuntimeException e) {
      // The end of the node breaks off a look, and that is no failure.
      if (closing.beats() == 0) {
        LOG.log(Level.WARNING, "looking for damage failed: {0}", e.getMessage());
      }
      return after;
    }
  }

  /// The end of the sequence leads back to its beginning.
  private static Seen look(ReplicaSnapshot snapshot, long after) {
    var damaged = new ArrayList<RegisterName>();
    var changes = snapshot.changes().after(after, STEP);
    for (var change : changes) {
      snapshot
          .register(change.lane(), change.key())
          .filter(register -> !register.intact())
          .ifPresent(register -> damaged.add(RegisterName.of(register)));
    }
    return new Seen(changes.size() < STEP ? 0 : changes.getLast().sequence(), damaged);
  }

  private void mend(List<RegisterName> damaged) {
    meters.damaged(damaged.size());
    store.replicate(transaction -> {
      damaged.stream()
          .filter(name -> name.lane() == Lane.CONTENT)
          .forEach(name -> transaction.hide(name.key()));
      return true;
    });
    for (var name : damaged) {
      LOG.log(Level.WARNING, "{0} {1} is damaged here", name.lane(), name.key().replace('\n', ' '));
    }
    var left = damaged;
    for (var link : links) {
      if (left.isEmpty()) return;
      if (link.peer().replica()) fetch(link.peer(), left);
      left = store.look(snapshot -> stillDamaged(snapshot, damaged));
    }
    if (!left.isEmpty()) {
      LOG.log(Level.WARNING, "{0} damaged registers could not be had from any peer", left.size());
    }
  }

  /// Of a peer that answers nonsense the others must not suffer.
  private void fetch(Peer peer, List<RegisterName> damaged) {
    try {
      repair.fetch(peer, damaged);
    } catch (RuntimeException e) {
      LOG.log(
          Level.WARNING,
          "{0} could not be asked for what is damaged: {1}",
          peer.name(),
          e.getMessage());
    }
  }

  private static List<RegisterName> stillDamaged(
      ReplicaSnapshot snapshot, List<RegisterName> damaged) {
    return damaged.stream()
        .filter(name ->
            snapshot
                .register(name.lane(), name.key())
                .filter(register -> !register.intact())
                .isPresent())
        .toList();
  }

  @Override
  public void close() {
    closing.beat();
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
