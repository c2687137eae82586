package dev.quorate.federation;

import dev.quorate.merge.Hash;
import dev.quorate.merge.Lane;
import dev.quorate.replication.ComparisonTime;
import dev.quorate.replication.PeerState.Identity;
import dev.quorate.settings.FederationSettings;
import dev.quorate.store.RegisterName;
import dev.quorate.store.ReplicaStore;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/// What is done with every peer from time to time: reading what this node lacks, on start, on a
/// peer's return and at intervals, and comparing digests. Each peer has a thread of its own, so
/// that none waits for another. Thread-safe.
public final class Rounds implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Rounds.class.getName());
  private static final long LOOK_MILLIS = 250;
  private static final long NEVER_MILLIS = TimeUnit.DAYS.toMillis(36_500);

  private final ReplicaStore store;
  private final List<PeerLink> links;
  private final Catchup catchup;
  private final SinceCatchup since;
  private final Repair repair;
  private final long catchupMillis;
  private final long digestMillis;
  private final Pulse pulse = new Pulse();
  private final List<Thread> threads = new ArrayList<>();
  private final Map<String, Comparison> comparisons = new HashMap<>();
  private final AtomicLong hurried = new AtomicLong();

  /// By peer, which hurry was heeded by asking it last.
  private final Map<String, Long> asked = new ConcurrentHashMap<>();

  private final Pulse answered = new Pulse();
  private volatile boolean closing;

  Rounds(
      ReplicaStore store,
      List<PeerLink> links,
      Catchup catchup,
      SinceCatchup since,
      Repair repair,
      FederationSettings settings) {
    this.store = store;
    this.links = links;
    this.catchup = catchup;
    this.since = since;
    this.repair = repair;
    this.catchupMillis = millis(settings.catchupIntervalSecs());
    this.digestMillis = millis(settings.digestIntervalSecs());
  }

  private static long millis(int seconds) {
    return seconds == 0 ? NEVER_MILLIS : TimeUnit.SECONDS.toMillis(seconds);
  }

  /// The last comparison with a peer.
  ///
  /// @param peer its address
  /// @param reached whether it could be asked
  /// @param equal whether both held the same
  /// @param taken how many registers were taken from it
  public record Comparison(String peer, boolean reached, boolean equal, int taken) {}

  void start() {
    for (var link : links) {
      if (!link.peer().replica()) continue;
      threads.add(Thread.ofVirtual().name("rounds " + link.peer().name()).start(() -> run(link)));
    }
  }

  /// Somebody waits for something that a peer has.
  void hurry() {
    hurried.incrementAndGet();
    pulse.beat();
  }

  /// Asks every peer that can be reached for what this node lacks, and waits until `enough` or all
  /// have given what they have. False when the time is over before.
  boolean askAll(BooleanSupplier enough, long millis) throws InterruptedException {
    var number = hurried.incrementAndGet();
    pulse.beat();
    var until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    while (true) {
      var seen = answered.beats();
      if (enough.getAsBoolean() || links.stream().allMatch(link -> hasGiven(link, number))) {
        return true;
      }
      var left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
      if (left <= 0) return false;
      // What comes by a push gives no beat here.
      answered.await(seen, Math.min(left, LOOK_MILLIS));
    }
  }

  private boolean hasGiven(PeerLink link, long number) {
    return !link.peer().replica()
        || link.status().failures() > 0
        || link.identity().filter(Rounds::isRead).isEmpty()
        || asked.getOrDefault(link.peer().name(), 0L) >= number;
  }

  private void run(PeerLink link) {
    var pulledAt = System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(NEVER_MILLIS / 2);
    var comparison = new ComparisonTime(digestMillis, millis());
    Set<Identity> known = new HashSet<>();
    var heeded = hurried.get();
    try {
      while (!closing) {
        var seen = pulse.beats();
        var identity = link.identity();
        if (identity.filter(Rounds::isRead).isEmpty()) {
          // A peer that was gone may have made something meanwhile.
          known.clear();
        } else {
          var now = System.nanoTime();
          var due = hurried.get() != heeded || elapsed(pulledAt, now) >= catchupMillis;
          if (due || known.add(identity.get())) {
            heeded = hurried.get();
            pulledAt = now;
            pull(link, identity.get());
            asked.put(link.peer().name(), heeded);
            answered.beat();
          }
          if (identity.get().speaks() && comparison.due(millis(), store.committedSequence())) {
            compare(link);
          }
        }
        pulse.await(seen, LOOK_MILLIS);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// A node of our kind that speaks another version has no page that this one could read.
  private static boolean isRead(Identity identity) {
    return identity.speaks() || identity.epoch().isEmpty();
  }

  private static long millis() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
  }

  private static long elapsed(long from, long to) {
    return TimeUnit.NANOSECONDS.toMillis(to - from);
  }

  private void pull(PeerLink link, Identity identity) {
    try {
      var news =
          identity.speaks()
              ? catchup.drain(link.peer(), identity)
              : since.drain(link.peer(), identity);
      if (news.isEmpty()) {
        LOG.log(Level.DEBUG, "{0} could not be read", identity.node());
      }
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "catching up with {0} failed: {1}", identity.node(), e.getMessage());
    }
  }

  private Comparison compare(PeerLink link) {
    var comparison = new Comparison(link.peer().name(), false, false, 0);
    try {
      comparison =
          repair
              .compare(link.peer())
              .map(found -> new Comparison(link.peer().name(), true, found.equal(), found.taken()))
              .orElse(comparison);
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "comparing with {0} failed: {1}", link.peer().name(), e.getMessage());
    }
    synchronized (comparisons) {
      comparisons.put(link.peer().name(), comparison);
    }
    return comparison;
  }

  List<Comparison> comparisons() {
    synchronized (comparisons) {
      return List.copyOf(comparisons.values());
    }
  }

  List<Comparison> verifyNow() {
    return links.stream().filter(link -> link.peer().replica()).map(this::compare).toList();
  }

  /// Takes a memory's registers from peers. Returns whether enough of them answered in time.
  boolean read(String id, int enough, long millis) {
    var wanted =
        List.of(
            new RegisterName(Lane.CONTENT, id, Hash.NONE),
            new RegisterName(Lane.LIFECYCLE, id, Hash.NONE));
    var answered = new CountDownLatch(enough);
    for (var link : links) {
      if (!link.peer().replica()) continue;
      Thread.ofVirtual()
          .name("read " + link.peer().name())
          .start(() -> {
            try {
              if (repair.fetch(link.peer(), wanted).isPresent()) answered.countDown();
            } catch (RuntimeException e) {
              LOG.log(
                  Level.DEBUG, "{0} could not be read: {1}", link.peer().name(), e.getMessage());
            }
          });
    }
    try {
      return answered.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    closing = true;
    pulse.beat();
    threads.forEach(Thread::interrupt);
    try {
      for (var thread : threads) thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
