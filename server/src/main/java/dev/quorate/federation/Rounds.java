package dev.quorate.federation;

import dev.quorate.merge.Hash;
import dev.quorate.merge.Lane;
import dev.quorate.replication.PeerState.Identity;
import dev.quorate.replication.Rota;
import dev.quorate.settings.FederationSettings;
import dev.quorate.store.RegisterName;
import dev.quorate.store.ReplicaStore;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/// What is done with peers from time to time: reading what this node lacks, on start, on a peer's
/// return and at intervals, and comparing digests. One thread looks what is due ([Rota]); each
/// visit has a thread of its own, so that none waits for another. Thread-safe.
public final class Rounds implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Rounds.class.getName());
  private static final long LOOK_MILLIS = 250;
  private static final long NEVER_MILLIS = TimeUnit.DAYS.toMillis(36_500);

  private final ReplicaStore store;
  private final Map<String, PeerLink> links;
  private final Catchup catchup;
  private final SinceCatchup since;
  private final Repair repair;
  private final Arriving arriving;
  private final Rota rota;
  private final Pulse pulse = new Pulse();
  private final Thread looking;
  private final Set<Thread> visits = ConcurrentHashMap.newKeySet();
  private final Semaphore places = new Semaphore(Rota.FEW);
  private final Map<String, Comparison> comparisons = new HashMap<>();
  private final AtomicBoolean hurried = new AtomicBoolean();
  private final AtomicLong asks = new AtomicLong();

  /// By peer, the last ask after which it gave everything it had.
  private final Map<String, Long> given = new ConcurrentHashMap<>();

  private final Pulse gave = new Pulse();
  private volatile boolean closing;

  Rounds(
      ReplicaStore store,
      List<PeerLink> links,
      Catchup catchup,
      SinceCatchup since,
      Repair repair,
      Arriving arriving,
      FederationSettings settings) {
    this.store = store;
    this.links = new LinkedHashMap<>();
    for (var link : links) {
      if (link.peer().replica()) this.links.put(link.peer().name(), link);
    }
    this.catchup = catchup;
    this.since = since;
    this.repair = repair;
    this.arriving = arriving;
    this.rota =
        new Rota(
            List.copyOf(this.links.keySet()),
            millis(settings.catchupIntervalSecs()),
            millis(settings.digestIntervalSecs()),
            millis());
    this.looking = Thread.ofVirtual().name("rounds").unstarted(this::run);
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
    looking.start();
  }

  /// Somebody waits for something that a peer has.
  void hurry() {
    hurried.set(true);
    pulse.beat();
  }

  /// Asks every peer that can be reached for what this node lacks, and waits until `enough` or all
  /// have given what they have. False when the time is over before.
  boolean askAll(BooleanSupplier enough, long millis) throws InterruptedException {
    var ask = asks.incrementAndGet();
    hurry();
    var until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    while (true) {
      var seen = gave.beats();
      if (enough.getAsBoolean() || links.values().stream().allMatch(link -> hasGiven(link, ask))) {
        return true;
      }
      var left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
      if (left <= 0) return false;
      // What comes by a push gives no beat here.
      gave.await(seen, Math.min(left, LOOK_MILLIS));
    }
  }

  private boolean hasGiven(PeerLink link, long ask) {
    return link.status().failures() > 0
        || link.identity().filter(Rounds::isRead).isEmpty()
        || given.getOrDefault(link.peer().name(), 0L) >= ask;
  }

  private void run() {
    try {
      while (!closing) {
        var seen = pulse.beats();
        var due = due();
        due.read().forEach(peer -> visit(peer, this::read));
        due.compare().forEach(peer -> visit(peer, this::compareInTurn));
        pulse.await(seen, LOOK_MILLIS);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private Rota.Due due() {
    synchronized (rota) {
      links.forEach((name, link) -> rota.found(name, link.identity().filter(Rounds::isRead)));
      if (hurried.getAndSet(false)) rota.hurry();
      return rota.due(millis(), store.committedSequence(), arriving.underway());
    }
  }

  /// A node of our kind that speaks another version has no page that this one could read.
  private static boolean isRead(Identity identity) {
    return identity.speaks() || identity.epoch().isEmpty();
  }

  /// Of a clock that only goes forward.
  static long millis() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
  }

  /// What is done with one peer. Returns whether nothing was left to read.
  private interface Visit {
    boolean make(PeerLink link) throws InterruptedException;
  }

  private void visit(String peer, Visit visit) {
    var link = Objects.requireNonNull(links.get(peer));
    var thread =
        Thread.ofVirtual()
            .name("visit " + peer)
            .unstarted(() -> {
              var finished = true;
              try {
                places.acquire();
                try {
                  finished = visit.make(link);
                } finally {
                  places.release();
                }
              } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
              } finally {
                synchronized (rota) {
                  rota.done(peer, finished);
                }
                visits.remove(Thread.currentThread());
              }
            });
    visits.add(thread);
    thread.start();
  }

  private boolean read(PeerLink link) {
    var ask = asks.get();
    var finished = readOn(link);
    if (finished) {
      given.put(link.peer().name(), ask);
      gave.beat();
    }
    return finished;
  }

  private boolean readOn(PeerLink link) {
    var identity = link.identity().filter(Rounds::isRead);
    if (identity.isEmpty()) return true;
    var node = identity.get().node();
    try {
      if (identity.get().speaks())
        return catchup.drain(link.peer(), identity.get(), link::stranger);
      if (since.drain(link.peer(), identity.get()).isEmpty()) {
        LOG.log(Level.DEBUG, "{0} could not be read", node);
      }
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "catching up with {0} failed: {1}", node, e.getMessage());
    }
    return true;
  }

  /// Only after reading: what the peer has and would still give is no difference worth a look.
  private boolean compareInTurn(PeerLink link) {
    var finished = read(link);
    if (finished && !link.behind()) compare(link);
    return finished;
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
    return links.values().stream().map(this::compare).toList();
  }

  /// Takes a memory's registers from peers. Returns whether enough of them answered in time.
  boolean read(String id, int enough, long millis) {
    var wanted =
        List.of(
            new RegisterName(Lane.CONTENT, id, Hash.NONE),
            new RegisterName(Lane.LIFECYCLE, id, Hash.NONE));
    var answered = new CountDownLatch(enough);
    for (var link : links.values()) {
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
    try {
      // Whoever looks begins visits, so it ends first.
      looking.interrupt();
      looking.join();
      for (var visit : visits) {
        visit.interrupt();
        visit.join();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
