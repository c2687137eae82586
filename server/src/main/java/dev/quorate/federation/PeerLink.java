package dev.quorate.federation;

import dev.quorate.failure.RequestFailure;
import dev.quorate.merge.Register;
import dev.quorate.replication.Backoff;
import dev.quorate.replication.Batch;
import dev.quorate.replication.Outcome;
import dev.quorate.replication.PeerState;
import dev.quorate.replication.PeerState.Identity;
import dev.quorate.replication.Progress;
import dev.quorate.replication.Step;
import dev.quorate.store.Position;
import dev.quorate.store.Quarantined;
import dev.quorate.store.Store;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/// Brings one peer what was made here, on a thread of its own, until the node ends: it is never
/// given up, whatever the peer answers. [PeerState] decides, this carries out. Thread-safe.
final class PeerLink {
  private static final Logger LOG = System.getLogger(PeerLink.class.getName());

  private final Peer peer;
  private final Shared shared;
  private final Delivery delivery;
  private final ReentrantLock lock = new ReentrantLock();
  private final PeerState state = new PeerState();
  private final Thread thread;
  private volatile boolean closing;

  /// Whether the peer lacks what was set aside, so that nothing is complete for it.
  private volatile boolean lacksAside;

  private Optional<String> said = Optional.empty();

  /// What the links of a node have in common.
  record Shared(
      Store store,
      Outbox outbox,
      Greeting greeting,
      Waiting waiting,
      Cursors cursors,
      Pulse pulse,
      Roster roster,
      FederationMeters meters,
      InstantSource wallClock) {}

  PeerLink(Peer peer, Shared shared, Delivery delivery) {
    this.peer = peer;
    this.shared = shared;
    this.delivery = delivery;
    this.thread = Thread.ofVirtual().name("link " + peer.name()).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  Peer peer() {
    return peer;
  }

  private void run() {
    try {
      while (!closing) {
        var seen = shared.pulse().beats();
        perform(next(), seen);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Whatever goes wrong here, a full disk of this node included, the link goes on: it begins again
  /// from what is on disk.
  private void perform(Step step, long seen) throws InterruptedException {
    try {
      switch (step) {
        case Step.Rest rest ->
            shared.pulse().await(seen, rest.untilMillis() - shared.wallClock().millis());
        case Step.Greet _ -> greet();
        case Step.Send send -> send(send);
        case Step.SendAside _ -> sendAside();
      }
    } catch (RequestFailure e) {
      failed(new Outcome.Failed(500, "this node: " + e.getMessage()), -1);
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "the link to %s had a fault".formatted(peer.name()), e);
      failed(new Outcome.Failed(500, "a fault of this node"), -1);
    }
  }

  private Step next() {
    var now = shared.wallClock().millis();
    var owed = shared.store().owedSequence();
    lock.lock();
    try {
      state.made(owed);
      var step = state.next(now);
      if (!(step instanceof Step.Rest)) state.attempting(now);
      return step;
    } finally {
      lock.unlock();
    }
  }

  private void greet() {
    var upTo = shared.store().committedSequence();
    switch (shared.greeting().greet(peer)) {
      case Greeting.Answer.Unknown unknown -> failed(unknown.outcome(), upTo);
      case Greeting.Answer.Known known -> {
        var identity = known.identity();
        if (!shared.roster().register(peer.name(), identity.node())) {
          failed(new Outcome.Refused(409, "its id is that of another peer"), upTo);
          return;
        }
        greeted(identity);
      }
    }
  }

  private void greeted(Identity identity) {
    record Kept(long cursor, List<Quarantined> aside, boolean behind) {}
    var kept =
        shared
            .store()
            .look(snapshot -> {
              var cursor =
                  snapshot
                      .peers()
                      .pushed(identity.node(), identity.epoch())
                      .map(Position::sequence)
                      .orElse(0L);
              var behind = !snapshot.changes().ownAfter(cursor, 1).isEmpty();
              return new Kept(cursor, snapshot.peers().quarantine(identity.node()), behind);
            });
    var refused =
        kept.aside().stream()
            .map(item -> item.lane() + "\n" + item.key())
            .collect(Collectors.toSet());
    lacksAside = !kept.aside().isEmpty();
    var through = kept.behind() ? -1 : kept.cursor();
    shared.waiting().known(peer.name(), identity.epoch(), through, refused);
    lock.lock();
    try {
      // Another version or another store may take what the last one did not.
      var due = kept.aside().isEmpty() ? Long.MAX_VALUE : shared.wallClock().millis();
      state.greeted(identity, kept.cursor(), due, shared.wallClock().millis());
      // Who may fail at the next push again is connected once it takes one.
      if (state.failures() > 0) return;
    } finally {
      lock.unlock();
    }
    say("connected as " + identity.node());
  }

  private void send(Step.Send step) throws InterruptedException {
    var identity = state.identity().orElseThrow();
    var upTo = shared.store().committedSequence();
    var delivered = delivery.deliver(identity, step, !lacksAside, this::pauseBeforeRetry);
    var batch = delivered.prepared().batch();
    var outcome = delivered.outcome();
    if (!announced(delivered)) return;
    var now = shared.wallClock().millis();
    Progress progress;
    lock.lock();
    try {
      progress = state.answered(batch, outcome, now, ThreadLocalRandom.current().nextDouble());
      // In this order: a position that is kept says that nothing before it is forgotten.
      setAside(progress.aside());
      keep(identity, progress.cursor());
    } finally {
      lock.unlock();
    }
    progress.told().ifPresent(told -> tell(batch, upTo, told));
    if (outcome instanceof Outcome.Held) {
      say("connected as " + identity.node());
    } else {
      say(outcome.text());
      shared.meters().dropped(outcome);
    }
  }

  /// Whether the store that was greeted answered, as far as the answer says so. What that one held
  /// counts no more once another one is there, however long it takes to greet it.
  private boolean announced(Delivery.Delivered delivered) {
    boolean same;
    lock.lock();
    try {
      same = delivered.epoch().map(state::announced).orElse(true);
    } finally {
      lock.unlock();
    }
    if (!same) shared.waiting().known(peer.name(), delivered.epoch().orElseThrow(), -1, Set.of());
    return same;
  }

  /// Another store than the one that was greeted answered a question. Whoever has nothing to send
  /// would learn of it from nobody else, and ask the lost one for ever.
  void stranger(String epoch) {
    boolean same;
    lock.lock();
    try {
      same = state.announced(epoch);
    } finally {
      lock.unlock();
    }
    if (same) return;
    shared.waiting().known(peer.name(), epoch, -1, Set.of());
    shared.pulse().beat();
  }

  private void tell(Batch batch, long upTo, Outcome told) {
    if (told instanceof Outcome.Held held) {
      shared.waiting().delivered(peer.name(), batch, held.skipped());
    } else {
      shared.waiting().failed(peer.name(), upTo, told.miss());
    }
  }

  /// Some failures last for a moment only. Returns whether to try once more.
  private boolean pauseBeforeRetry(Outcome outcome) throws InterruptedException {
    // Who took it for a replay is there, however often it failed before.
    var fresh = state.failures() == 0 || outcome instanceof Outcome.Replayed;
    if (!outcome.retryable() || !fresh || closing) return false;
    Thread.sleep(Backoff.FIRST_MILLIS);
    return !closing;
  }

  private void sendAside() throws InterruptedException {
    var identity = state.identity().orElseThrow();
    var items = shared.store().look(snapshot -> snapshot.peers().quarantine(identity.node()));
    var now = shared.wallClock().millis();
    for (var item : items) {
      var delivered = delivery.deliverAside(identity, item);
      // What another store took may be all that it has of what this one was to bring.
      if (!announced(delivered)) return;
      if (delivered.prepared().items().isEmpty() && !isReplaced(item)) {
        later(item, now);
        continue;
      }
      var outcome = delivered.outcome();
      switch (outcome) {
        case Outcome.Held held when held.skipped().isEmpty() -> {
          shared
              .store()
              .replicate(transaction -> {
                transaction.peers().release(item);
                return true;
              });
          shared.waiting().released(peer.name(), item);
        }
        case Outcome.Held held -> again(item, held.skipped().getFirst().reason(), now);
        case Outcome.Refused refused when refused.status() == 400 ->
            again(item, refused.tag(), now);
        case Outcome.Refused _,
            Outcome.IdDrift _,
            Outcome.OtherVersion _,
            Outcome.Replayed _,
            Outcome.Throttled _,
            Outcome.Unreachable _,
            Outcome.TimedOut _,
            Outcome.Failed _ -> {
          failed(outcome, -1);
          return;
        }
      }
    }
    var left = shared.store().look(snapshot -> snapshot.peers().quarantine(identity.node()));
    lacksAside = !left.isEmpty();
    var next = left.stream().mapToLong(Quarantined::retryMillis).min().orElse(Long.MAX_VALUE);
    lock.lock();
    try {
      state.asideSent(next, now);
    } finally {
      lock.unlock();
    }
  }

  /// Whether the peer has what took the place of an item that is gone here: the delete that erased
  /// it is owed like anything that was made here, and not before it is with the peer does the item
  /// count as held. What is damaged here is there, and waits to be mended. What a guest may not get
  /// any more does not exist for it.
  private boolean isReplaced(Quarantined item) {
    record Found(boolean there, boolean hidden) {}
    var found =
        shared
            .store()
            .read(snapshot -> {
              var register = snapshot.register(item.lane(), item.key());
              var sound = register.filter(Register::intact);
              var hidden = sound.isPresent() && !peer.mayGet(snapshot, sound.get());
              return new Found(register.isPresent(), hidden);
            });
    if (found.there()) return found.hidden();
    var owed = shared.store().owedSequence();
    lock.lock();
    try {
      state.made(owed);
      return !state.behind();
    } finally {
      lock.unlock();
    }
  }

  private void later(Quarantined item, long nowMillis) {
    keepAside(item, item.reason(), nowMillis + Backoff.MOST_MILLIS);
  }

  private void again(Quarantined item, String reason, long nowMillis) {
    keepAside(item, reason, PeerState.retryAgainAt(item, reason, nowMillis));
  }

  private void keepAside(Quarantined item, String reason, long retry) {
    shared
        .store()
        .replicate(transaction -> {
          transaction
              .peers()
              .quarantine(
                  new Quarantined(
                      item.peer(), item.lane(), item.key(), reason, retry, item.sinceMillis()));
          return true;
        });
  }

  private void failed(Outcome outcome, long upTo) {
    var now = shared.wallClock().millis();
    lock.lock();
    try {
      state.failed(outcome, now, ThreadLocalRandom.current().nextDouble());
    } finally {
      lock.unlock();
    }
    if (upTo >= 0) shared.waiting().failed(peer.name(), upTo, outcome.miss());
    say(outcome.text());
  }

  private void keep(Identity identity, long cursor) {
    shared.cursors().moved(new Position(identity.node(), identity.epoch(), cursor));
  }

  private void setAside(List<Quarantined> aside) {
    if (aside.isEmpty()) return;
    lacksAside = true;
    for (var item : aside) {
      LOG.log(
          Level.WARNING,
          "{0} does not take {1} {2}: {3}",
          peer.name(),
          item.lane(),
          item.key().replace('\n', ' '),
          item.reason());
    }
    shared
        .store()
        .replicate(transaction -> {
          aside.forEach(transaction.peers()::quarantine);
          return true;
        });
  }

  /// Logs a change of what there is to say, not every attempt.
  private void say(String news) {
    if (said.filter(news::equals).isPresent()) return;
    said = Optional.of(news);
    LOG.log(Level.INFO, "peer {0}: {1}", peer.name(), news);
  }

  /// A write waits: a link that rests after failures tries again.
  boolean wantIfResting() {
    lock.lock();
    try {
      if (state.failures() == 0 && state.identity().isPresent()) return false;
      state.want();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// A message of the peer arrived. Returns whether that ends a rest.
  boolean heard() {
    lock.lock();
    try {
      state.heard(shared.wallClock().millis());
      return state.failures() > 0;
    } finally {
      lock.unlock();
    }
  }

  /// What was set aside is to be tried now.
  void retryAside() {
    lock.lock();
    try {
      state.retryAside(shared.wallClock().millis());
    } finally {
      lock.unlock();
    }
  }

  /// Where the link stands.
  LinkStatus status() {
    lock.lock();
    try {
      return LinkStatus.of(peer, state, shared.store().owedSequence());
    } finally {
      lock.unlock();
    }
  }

  boolean behind() {
    lock.lock();
    try {
      return state.behind();
    } finally {
      lock.unlock();
    }
  }

  Optional<Identity> identity() {
    lock.lock();
    try {
      return state.identity();
    } finally {
      lock.unlock();
    }
  }

  /// Ends the link. What the peer has not confirmed is owed to it, and goes on after the next
  /// start.
  void close() {
    closing = true;
    shared.pulse().beat();
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
