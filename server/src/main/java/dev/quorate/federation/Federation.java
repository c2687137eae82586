package dev.quorate.federation;

import dev.quorate.quorum.Miss;
import dev.quorate.quorum.QuorumPolicy;
import dev.quorate.quorum.Verdict;
import dev.quorate.replication.Operation;
import dev.quorate.replication.Operations;
import dev.quorate.replication.WriteWindow;
import dev.quorate.settings.FederationSettings;
import dev.quorate.store.Made;
import dev.quorate.store.Origin;
import dev.quorate.store.Quarantined;
import dev.quorate.store.Store;
import dev.quorate.store.Store.Committed;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// This node's place in the mesh: links to every peer, catch-up, repair, and who holds what.
/// Thread-safe.
public final class Federation implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Federation.class.getName());
  private static final long DRAIN_LOOK_MILLIS = 50;

  /// How long a node waits that may be one whose address has not answered yet.
  private static final long MEETING_MILLIS = 1_000;

  private final Store store;
  private final QuorumPolicy policy;
  private final FederationSettings settings;
  private final MeshRules rules;
  private final InstantSource wallClock;
  private final Pulse pulse = new Pulse();
  private final Roster roster;
  private final Admission admission;
  private final Waiting waiting;
  private final Holdings holdings;
  private final Arriving arriving = new Arriving(Rounds::millis);
  private final Cursors cursors;
  private final List<PeerLink> links;
  private final Rounds rounds;
  private final Scrub scrub;
  private final FederationMeters meters;
  private final BatchReader reader;
  private final Receiving receiving;
  private long beaten;

  /// @param rules what its peers must have alike
  /// @param keys what is known of the keys of peers
  /// @param envelope signs messages as this node's
  public Federation(
      Store store,
      FederationSettings settings,
      MeshRules rules,
      Transport transport,
      Envelope envelope,
      KnownKeys keys,
      FederationMeters meters,
      InstantSource wallClock) {
    this.store = store;
    this.settings = settings;
    this.rules = rules;
    this.wallClock = wallClock;
    this.meters = meters;
    this.policy =
        new QuorumPolicy(settings.nodes(), settings.writeQuorum(), settings.quorumTimeoutMs());
    this.roster = new Roster(store.nodeId());
    var peers = settings.peers().stream().map(Peer::of).toList();
    var replicas = peers.stream().filter(Peer::replica).map(Peer::name).collect(Collectors.toSet());
    this.admission =
        new Admission(
            new WriteWindow(policy.timeoutMillis()), policy.timeoutMillis(), Rounds::millis);
    this.waiting =
        new Waiting(new Operations(policy, store.nodeId(), replicas), admission, wallClock);
    meters.admission(admission::size, admission::queued);
    this.holdings = new Holdings(store);
    this.cursors = new Cursors(store);
    this.reader = new BatchReader(store.nodeId(), store.epoch());
    this.receiving = new Receiving(settings.maxClockAheadSecs() * 1_000L);
    var timeout = settings.requestTimeoutMs();
    var greeting = new Greeting(store.nodeId(), rules, transport, keys, timeout, wallClock);
    var outbox = new Outbox(store, reader, envelope, wallClock);
    var shared =
        new PeerLink.Shared(
            store, outbox, greeting, waiting, cursors, pulse, roster, meters, wallClock);
    this.links = new ArrayList<>();
    for (var peer : peers) {
      var delivery =
          new Delivery(peer, store, outbox, transport, envelope, meters, wallClock, timeout);
      links.add(new PeerLink(peer, shared, delivery));
    }
    var asking = new Asking(store.nodeId(), transport, envelope, wallClock, timeout);
    var repair = new Repair(store, receiving, asking, meters, wallClock);
    var all = List.copyOf(links);
    var catchup = new Catchup(store, receiving, asking, holdings, arriving, wallClock);
    var since = new SinceCatchup(store, receiving, asking, wallClock);
    this.rounds = new Rounds(store, all, catchup, since, repair, arriving, settings);
    this.scrub = new Scrub(store, all, repair, meters);
    store.onCommit(_ -> wakeIfOwing());
  }

  /// What peers brought concerns the links no more. Called on the writer's thread only.
  private void wakeIfOwing() {
    var owed = store.owedSequence();
    if (owed == beaten) return;
    beaten = owed;
    pulse.beat();
  }

  /// Begins to reach for the peers.
  public void start() {
    links.forEach(PeerLink::start);
    rounds.start();
    scrub.start();
  }

  public boolean alone() {
    return links.isEmpty();
  }

  /// How many nodes hold everything, and how many of them must hold a write.
  public QuorumPolicy policy() {
    return policy;
  }

  /// What this node and its peers must have alike.
  public MeshRules rules() {
    return rules;
  }

  public FederationSettings settings() {
    return settings;
  }

  /// A mutation's place among those that are on their way to their quorum. For one thread.
  public static final class Place implements AutoCloseable {
    private final Runnable leaving;
    private boolean left;

    private Place(Runnable leaving) {
      this.leaving = leaving;
    }

    /// Gives it up; a second time does nothing.
    @Override
    public void close() {
      if (left) return;
      left = true;
      leaving.run();
    }
  }

  /// Waits until one more mutation can reach its quorum in time. To be asked before it is carried
  /// out, and closed when it was answered.
  ///
  /// @throws dev.quorate.failure.RequestFailure.Overloaded when that takes too long
  public Place place() {
    return placeIfFree()
        .orElseGet(() -> {
          admission.enter();
          return new Place(admission::leave);
        });
  }

  /// The same at once, or nothing when it would have to wait.
  public Optional<Place> placeIfFree() {
    // What needs nobody else waits for nobody.
    if (policy.writes() == 1) return Optional.of(new Place(() -> {}));
    return admission.enterIfFree() ? Optional.of(new Place(admission::leave)) : Optional.empty();
  }

  /// Waits until enough nodes hold what was committed, or that cannot be had in time.
  public Verdict settle(Committed<?> committed) {
    return settle(begin(committed.made(), committed.ownSequence()));
  }

  /// The same for what was committed earlier, up to a number.
  public Verdict settle(long sequence) {
    return settle(begin(List.of(), sequence));
  }

  private Operation begin(List<Made> made, long sequence) {
    return waiting.begin(made, owedUpTo(sequence));
  }

  /// What of everything up to a number the peers must have of this node: what came from them has a
  /// number, too, but is not for this node to bring to the others. Whoever read a commit before the
  /// store told of it asks for all of it.
  private long owedUpTo(long sequence) {
    var told = store.committedSequence();
    return sequence > told ? sequence : Math.min(sequence, store.owedSequence());
  }

  private Verdict settle(Operation operation) {
    if (!operation.met()) wakeResting();
    var verdict = waiting.await(operation, Operation::settled);
    meters.settled(verdict, policy.nodes());
    return named(verdict);
  }

  private void wakeResting() {
    var woken = false;
    for (var link : links) woken |= link.wantIfResting();
    if (woken) pulse.beat();
  }

  /// What every peer has and lacks of many rows.
  ///
  /// @param lacking how many changes each node has not confirmed; those that have all are not in it
  public record Spread(Verdict verdict, Map<String, Integer> lacking) {}

  /// Waits for all peers, not only for enough of them, within the same time.
  public Spread spread(Committed<?> committed) {
    var operation = begin(committed.made(), committed.ownSequence());
    if (!operation.everywhere()) wakeResting();
    var verdict = waiting.await(operation, Operation::spread);
    meters.settled(verdict, policy.nodes());
    var lacking = new TreeMap<String, Integer>();
    waiting.lacking(operation).forEach((link, count) -> lacking.put(roster.node(link), count));
    return new Spread(named(verdict), lacking);
  }

  /// Who holds the operation with this number now.
  public Verdict verdict(long number) {
    return named(waiting.verdict(owedUpTo(number)));
  }

  /// The verdict with the ids of nodes in place of addresses.
  private Verdict named(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Met met -> new Verdict.Met(met.nodes().stream().map(roster::node).toList());
      case Verdict.NotMet missed -> {
        var misses = new TreeMap<String, Miss>();
        missed.misses().forEach((link, miss) -> misses.put(roster.node(link), miss));
        yield new Verdict.NotMet(
            missed.nodes().stream().map(roster::node).toList(),
            missed.needed(),
            missed.reason(),
            misses);
      }
    };
  }

  /// Waits until everything up to there is here. Returns whether it is.
  public boolean awaitHeld(Origin wanted, long millis) {
    if (wanted.node().equals(store.nodeId()) && wanted.epoch().equals(store.epoch())) {
      return store.committedSequence() >= wanted.sequence();
    }
    if (holdings.holds(wanted)) return true;
    rounds.hurry();
    return holdings.await(wanted, millis);
  }

  /// Waits until all of this is here, or every peer that can be reached has given what it has: what
  /// is lacking then is with nodes that are gone. False when the time is over before.
  public boolean caughtUp(List<Origin> wanted, long millis) {
    try {
      return rounds.askAll(() -> wanted.stream().allMatch(holdings::holds), millis);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// Takes the newest state of a memory from so many peers that some node among them and this one
  /// has every write that was acknowledged. Returns whether enough could be asked in time.
  public boolean readFromQuorum(String id) {
    var enough = policy.nodes() - policy.writes();
    return enough == 0 || rounds.read(id, enough, policy.timeoutMillis());
  }

  /// The peer that has this node id, if the settings name it and it was greeted, or is expected
  /// under that id.
  public Optional<Peer> peer(String node) {
    for (var link : links) {
      var expected = link.peer().settings().id();
      if (node.equals(expected) || roster.node(link.peer().name()).equals(node)) {
        return Optional.of(link.peer());
      }
    }
    return Optional.empty();
  }

  /// Whether a node that proved who it is belongs to this mesh: the settings name it by its id, or
  /// it is who answers at an address in them. Where none has answered yet at some address, it is
  /// asked now, and the answer waited for. Settings that admit peers without proof admit all.
  public boolean admits(String node) {
    if (settings.admitUnsigned() || peer(node).isPresent()) return true;
    var unmet =
        links.stream()
            .filter(link -> link.peer().settings().id() == null)
            .filter(link -> !roster.met(link.peer().name()))
            .toList();
    if (unmet.isEmpty()) return false;
    unmet.forEach(PeerLink::wantIfResting);
    pulse.beat();
    return roster.await(node, MEETING_MILLIS);
  }

  /// A message of this node arrived.
  public void heard(String node) {
    var woken = false;
    for (var link : links) {
      if (roster.node(link.peer().name()).equals(node)) woken |= link.heard();
    }
    if (woken) pulse.beat();
  }

  /// What this node takes in and serves.
  public Serving serving() {
    return new Serving(store, receiving, reader, holdings, arriving, wallClock);
  }

  public List<LinkStatus> status() {
    return links.stream().map(PeerLink::status).toList();
  }

  /// How many rounds of comparison found both nodes equal, by peer.
  public List<Rounds.Comparison> comparisons() {
    return rounds.comparisons();
  }

  /// Compares with every peer now, and repairs what differs.
  public List<Rounds.Comparison> verifyNow() {
    return rounds.verifyNow();
  }

  public List<Quarantined> quarantine() {
    return store.read(snapshot -> snapshot.peers().quarantine());
  }

  /// Sends everything that was set aside again.
  public void retryQuarantine() {
    links.forEach(PeerLink::retryAside);
    pulse.beat();
  }

  /// Gives peers a bounded time to take what they lack, and says what is left. It is not lost: the
  /// positions are on disk, and the next start goes on from them.
  @Override
  public void close() {
    drain();
    scrub.close();
    rounds.close();
    links.forEach(PeerLink::close);
    cursors.close();
  }

  private void drain() {
    var begun = System.nanoTime();
    var nanos = TimeUnit.SECONDS.toNanos(settings.shutdownDrainSecs());
    try {
      while (System.nanoTime() - begun < nanos
          && links.stream().anyMatch(Federation::worthWaitingFor)) {
        pulse.await(pulse.beats(), DRAIN_LOOK_MILLIS);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    for (var link : links) {
      var status = link.status();
      if (!link.behind()) continue;
      LOG.log(
          Level.INFO,
          "{0} still lacks what was made here after {1} (up to {2}); it is sent after the next start",
          status.node() == null ? status.url() : status.node(),
          status.confirmed(),
          status.owed());
    }
  }

  private static boolean worthWaitingFor(PeerLink link) {
    return link.behind() && link.status().failures() == 0;
  }
}
