package dev.quorate.simulation;

import dev.quorate.federation.Prepared;
import dev.quorate.federation.Report;
import dev.quorate.replication.Backoff;
import dev.quorate.replication.Batch;
import dev.quorate.replication.Operation;
import dev.quorate.replication.Outcome;
import dev.quorate.replication.PeerState;
import dev.quorate.replication.PeerState.Identity;
import dev.quorate.replication.Step;
import dev.quorate.simulation.Network.Answer;
import dev.quorate.store.Position;
import dev.quorate.store.Quarantined;
import dev.quorate.time.Timestamps;
import dev.quorate.wire.Arrival;
import dev.quorate.wire.Frame;
import dev.quorate.wire.Protocol;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// Brings one peer what was made here: drives [PeerState] as the program's link does.
final class SimLink {
  private static final int BAD_REQUEST = 400;
  private static final int PAYLOAD_TOO_LARGE = 413;

  private final SimNode node;
  private final SimNode peer;
  private final Simulation world;
  private final PeerState state = new PeerState();
  private final SimRounds rounds;
  private final Pace pace = new Pace();
  private boolean busy;
  private boolean lacksAside;
  private String epochSeen = "";

  /// Waits for the answer to the push that is on its way.
  private Consumer<Answer<Pushed>> expecting = _ -> {};

  SimLink(SimNode node, SimNode peer, Simulation world) {
    this.node = node;
    this.peer = peer;
    this.world = world;
    this.rounds = new SimRounds(node, peer, this, world);
  }

  /// What the peer says to a push.
  private record Pushed(Report report, String epoch) {}

  void start() {
    node.after(0, this::step);
    rounds.start();
  }

  SimNode peer() {
    return peer;
  }

  Optional<Identity> identity() {
    return state.identity();
  }

  PeerState state() {
    return state;
  }

  /// The epoch that the peer's last answer announced.
  String epochSeen() {
    return epochSeen;
  }

  /// Does what is due, unless a message is in flight.
  void step() {
    if (busy) return;
    state.made(node.store().owedSequence());
    var now = node.wall();
    var step = state.next(now);
    switch (step) {
      case Step.Rest rest -> {
        if (rest.untilMillis() != Long.MAX_VALUE && rest.untilMillis() > now) {
          node.after(rest.untilMillis() - now, this::step);
        }
      }
      case Step.Greet _ -> begin(this::greet);
      case Step.Send send -> begin(() -> send(send));
      case Step.SendAside _ -> begin(this::sendAside);
    }
  }

  private void begin(Runnable attempt) {
    state.attempting(node.wall());
    busy = true;
    attempt.run();
  }

  private void over() {
    busy = false;
    step();
  }

  private void greet() {
    var upTo = node.store().committedSequence();
    world
        .network()
        .<Identity>call(
            node,
            peer,
            (to, reply) ->
                reply.accept(
                    refusal(to)
                        .or(() -> hiding(to))
                        .<Answer<Identity>>map(Answer.None::new)
                        .orElseGet(() ->
                            new Answer.Given<>(new Identity(to.id(), to.store().epoch(), true)))),
            answer -> {
              switch (answer) {
                case Answer.Given(var identity) -> greeted(identity);
                case Answer.None(var why) -> failed(why, upTo);
              }
              over();
            });
  }

  private void greeted(Identity identity) {
    var snapshot = node.store();
    var cursor =
        snapshot.look(look ->
            look.peers()
                .pushed(identity.node(), identity.epoch())
                .map(Position::sequence)
                .orElse(0L));
    var aside = snapshot.look(look -> look.peers().quarantine(identity.node()));
    var behind = snapshot.look(look -> !look.changes().ownAfter(cursor, 1).isEmpty());
    var refused =
        aside.stream().map(item -> item.lane() + "\n" + item.key()).collect(Collectors.toSet());
    lacksAside = !aside.isEmpty();
    epochSeen = identity.epoch();
    var through = behind ? -1 : cursor;
    tell(node.operations().known(peer.id(), identity.epoch(), through, refused));
    var due = aside.isEmpty() ? Long.MAX_VALUE : node.wall();
    world.conduct().greeted(state, identity, cursor, due, node.wall());
    if (!state.behind() && aside.isEmpty()) pace.ended();
    rounds.look();
  }

  private void send(Step.Send step) {
    var identity = state.identity().orElseThrow();
    var upTo = node.store().committedSequence();
    var whole = !lacksAside;
    var prepared =
        node.store()
            .look(
                look -> world.conduct().batch(node.reader(), look, step.after(), step.unitsMax()));
    if (prepared.items().isEmpty()) {
      // Nothing is asked of the peer, so that only the number of attempts tells of going in
      // circles.
      sent(identity, prepared, upTo, new Outcome.Held(List.of()), Optional.empty());
      return;
    }
    post(
        prepared,
        whole,
        (outcome, epoch) -> {
          var fresh = state.failures() == 0 || outcome instanceof Outcome.Replayed;
          if (outcome.retryable() && fresh) {
            node.after(
                Backoff.FIRST_MILLIS,
                () ->
                    post(prepared, whole, (again, e) -> sent(identity, prepared, upTo, again, e)));
          } else {
            sent(identity, prepared, upTo, outcome, epoch);
          }
        });
  }

  private interface Posted {
    void with(Outcome outcome, Optional<String> epoch);
  }

  private void post(Prepared prepared, boolean whole, Posted done) {
    var batch = prepared.batch();
    var now = Instant.ofEpochMilli(node.wall());
    var frame =
        new Frame(
            Protocol.VERSION,
            node.id(),
            node.store().epoch(),
            batch.after(),
            batch.upTo(),
            batch.complete() && whole,
            Timestamps.render(now));
    var push = Message.push(node.id(), frame, prepared, world.conditions().throughBytes());
    var nonce = world.conduct().nonce(node, peer, batch, world.freshNonce());
    var over = new boolean[1];
    expecting =
        answer -> {
          if (over[0]) return;
          over[0] = true;
          switch (answer) {
            case Answer.None(var why) -> done.with(world.conduct().said(why), Optional.empty());
            case Answer.Given(var pushed) ->
                done.with(
                    new Outcome.Held(prepared.positions(pushed.report().skipped())),
                    Optional.of(pushed.epoch()));
          }
        };
    world
        .network()
        .call(node, peer, (to, reply) -> take(to, push, nonce, reply), expecting, this::late);
  }

  /// An answer that nobody waits for any more says nothing.
  private void late(Answer<Pushed> answer) {
    var takes = answer instanceof Answer.Given(var pushed) && pushed.report().skipped().isEmpty();
    if (takes && world.conduct().mixesAnswers()) expecting.accept(answer);
  }

  private void take(SimNode to, Message.Push push, long nonce, Consumer<Answer<Pushed>> reply) {
    var refusal = refusal(to).or(() -> refusal(to, push, nonce));
    if (refusal.isPresent()) {
      reply.accept(new Answer.None<>(refusal.get()));
      return;
    }
    to.submit(
        transaction ->
            world
                .conduct()
                .push(to.receiving(), transaction, node.id(), push.frame(), push.arrivals()),
        written -> {
          world.trace(
              "%s took from %s %s: %s, skipped %s",
              to.id(),
              node.id(),
              push.frame(),
              push.arrivals().stream()
                  .map(arrival ->
                      arrival instanceof Arrival.Stamped stamped
                          ? Checks.text(stamped.item().register())
                              + " as "
                              + stamped.item().origin()
                              + " "
                              + stamped.item().originSequence()
                          : arrival.toString())
                  .toList(),
              written.value().skipped());
          to.receiving().committed(written.value());
          to.heard(node.id());
          reply.accept(new Answer.Given<>(new Pushed(written.value(), to.store().epoch())));
        });
  }

  private static Optional<Outcome> refusal(SimNode to) {
    return to.refusing.map(refusing -> refusing.apply(to.wall()));
  }

  private static Optional<Outcome> hiding(SimNode to) {
    return to.hidden ? Optional.of(new Outcome.Failed(503, "starting")) : Optional.empty();
  }

  private static Optional<Outcome> refusal(SimNode to, Message.Push push, long nonce) {
    if (to.refusingPushes.isPresent()) {
      return to.refusingPushes.map(refusing -> refusing.apply(to.wall()));
    }
    if (!to.nonces.add(nonce)) return Optional.of(new Outcome.Replayed());
    if (push.arrivals().size() > to.itemsMax) {
      return Optional.of(new Outcome.Refused(PAYLOAD_TOO_LARGE, "too large"));
    }
    return push.arrivals().stream().anyMatch(arrival -> isUnreadable(to, arrival))
        ? Optional.of(new Outcome.Refused(BAD_REQUEST, Simulation.UNREADABLE))
        : Optional.empty();
  }

  private static boolean isUnreadable(SimNode to, Arrival arrival) {
    return arrival instanceof Arrival.Stamped stamped
        && stamped.item().register().key().equals(to.unreadable);
  }

  private void sent(
      Identity identity, Prepared prepared, long upTo, Outcome outcome, Optional<String> epoch) {
    epoch.ifPresent(said -> epochSeen = said);
    if (!epoch.map(said -> world.conduct().announced(state, said)).orElse(true)) {
      lost();
      over();
      return;
    }
    notePace(outcome);
    var batch = prepared.batch();
    var progress =
        world.conduct().answered(state, batch, outcome, node.wall(), world.chance().fraction());
    setAside(
        progress.aside(),
        () -> {
          node.moved(new Position(identity.node(), identity.epoch(), progress.cursor()));
          progress.told().ifPresent(told -> tell(batch, upTo, told));
          over();
        });
  }

  private void notePace(Outcome outcome) {
    switch (outcome) {
      case Outcome.Held _ -> pace.ended();
      // It is narrowed down, or waits for as long as the peer says.
      case Outcome.Refused refused when refused.status() == BAD_REQUEST -> {}
      case Outcome.Throttled _ -> {}
      case Outcome.IdDrift _,
          Outcome.Refused _,
          Outcome.OtherVersion _,
          Outcome.Replayed _,
          Outcome.Unreachable _,
          Outcome.TimedOut _,
          Outcome.Failed _ -> {
        if (pace.failed(world.timeline().now())) {
          throw world.violation("%s presses %s, which fails every push", node.id(), peer.id());
        }
      }
    }
  }

  private void tell(Batch batch, long upTo, Outcome told) {
    if (told instanceof Outcome.Held held) {
      tell(world.conduct().delivered(node.operations(), peer.id(), batch, held.skipped()));
    } else {
      tell(world.conduct().failed(node.operations(), peer.id(), upTo, told.miss()));
    }
  }

  /// Another store than the one that was greeted answered a question.
  void stranger(String epoch) {
    epochSeen = epoch;
    if (world.conduct().announced(state, epoch)) return;
    lost();
    step();
  }

  /// What the store held that was greeted counts no more.
  private void lost() {
    tell(node.operations().known(peer.id(), epochSeen, -1, Set.of()));
  }

  private void setAside(List<Quarantined> aside, Runnable then) {
    if (aside.isEmpty()) {
      node.after(0, then);
      return;
    }
    lacksAside = true;
    for (var item : aside) {
      if (item.reason().equals(Simulation.OTHER_VERSION)) {
        throw world.violation(
            "%s sets %s aside, which %s would take of its version", node.id(), item, peer.id());
      }
    }
    node.submit(
        transaction -> {
          aside.forEach(transaction.peers()::quarantine);
          return true;
        },
        _ -> then.run());
  }

  private void sendAside() {
    if (!world.conduct().sendsAside()) {
      state.asideSent(Long.MAX_VALUE, node.wall());
      over();
      return;
    }
    var identity = state.identity().orElseThrow();
    var items = node.store().look(look -> look.peers().quarantine(identity.node()));
    sendAside(identity, new ArrayList<>(items), node.wall());
  }

  private void sendAside(Identity identity, List<Quarantined> left, long begun) {
    if (left.isEmpty()) {
      var still = node.store().look(look -> look.peers().quarantine(identity.node()));
      lacksAside = !still.isEmpty();
      var next = still.stream().mapToLong(Quarantined::retryMillis).min().orElse(Long.MAX_VALUE);
      state.asideSent(next, begun);
      pace.ended();
      over();
      return;
    }
    var item = left.removeFirst();
    Runnable goOn = () -> sendAside(identity, left, begun);
    var prepared = node.store().look(look -> node.reader().single(look, item.lane(), item.key()));
    Posted done =
        (outcome, epoch) -> {
          epoch.ifPresent(said -> epochSeen = said);
          if (!epoch.map(said -> world.conduct().announced(state, said)).orElse(true)) {
            lost();
            over();
            return;
          }
          switch (outcome) {
            case Outcome.Held held when held.skipped().isEmpty() ->
                node.submit(
                    transaction -> {
                      transaction.peers().release(item);
                      return true;
                    },
                    _ -> {
                      tell(node.operations().released(peer.id(), item.lane(), item.key()));
                      goOn.run();
                    });
            case Outcome.Held held -> again(item, held.skipped().getFirst().reason(), begun, goOn);
            case Outcome.Refused refused when refused.status() == BAD_REQUEST ->
                again(item, refused.tag(), begun, goOn);
            case Outcome.IdDrift _,
                Outcome.Refused _,
                Outcome.OtherVersion _,
                Outcome.Replayed _,
                Outcome.Throttled _,
                Outcome.Unreachable _,
                Outcome.TimedOut _,
                Outcome.Failed _ -> {
              failed(outcome, -1);
              over();
            }
          }
        };
    if (prepared.items().isEmpty()) {
      state.made(node.store().owedSequence());
      if (state.behind()) {
        keepAside(item, item.reason(), begun + Backoff.MOST_MILLIS, goOn);
      } else {
        done.with(new Outcome.Held(List.of()), Optional.empty());
      }
    } else {
      post(prepared, false, done);
    }
  }

  private void again(Quarantined item, String reason, long begun, Runnable then) {
    keepAside(item, reason, PeerState.retryAgainAt(item, reason, begun), then);
  }

  private void keepAside(Quarantined item, String reason, long retry, Runnable then) {
    node.submit(
        transaction -> {
          transaction
              .peers()
              .quarantine(
                  new Quarantined(
                      item.peer(), item.lane(), item.key(), reason, retry, item.sinceMillis()));
          return true;
        },
        _ -> then.run());
  }

  private void failed(Outcome outcome, long upTo) {
    state.failed(outcome, node.wall(), world.chance().fraction());
    if (upTo >= 0) {
      tell(world.conduct().failed(node.operations(), peer.id(), upTo, outcome.miss()));
    }
  }

  private void tell(List<Operation> changed) {
    for (var operation : changed) world.checks().counted(node, operation, peer, epochSeen);
    node.told();
  }

  /// A write waits: a link that rests after failures tries again.
  void wantIfResting() {
    if (state.failures() == 0 && state.identity().isPresent()) return;
    pace.hasReason();
    state.want();
    step();
  }

  /// Somebody asks that what was set aside be sent again.
  void retryAside() {
    pace.hasReason();
    state.retryAside(node.wall());
    step();
  }

  /// The clock of this node was set: a rest may end before its time.
  void clockIsSet() {
    pace.hasReason();
  }

  void heard() {
    pace.hasReason();
    state.heard(node.wall());
    step();
  }
}
