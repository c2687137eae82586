package dev.quorate.federation;

import dev.quorate.governance.Action;
import dev.quorate.memory.Body;
import dev.quorate.memory.LinkBody;
import dev.quorate.memory.Memory;
import dev.quorate.merge.ContentRegister;
import dev.quorate.merge.EmbeddingRegister;
import dev.quorate.merge.Lane;
import dev.quorate.merge.LifecycleRegister;
import dev.quorate.merge.LifecycleRegister.State;
import dev.quorate.merge.LinkRegister;
import dev.quorate.merge.PendingAction;
import dev.quorate.merge.Register;
import dev.quorate.merge.Seen;
import dev.quorate.merge.StandardRegister;
import dev.quorate.merge.Vote;
import dev.quorate.replication.PeerState;
import dev.quorate.store.Effect;
import dev.quorate.store.Origin;
import dev.quorate.store.ReplicaTransaction;
import dev.quorate.time.Stamp;
import dev.quorate.wire.Arrival;
import dev.quorate.wire.Frame;
import dev.quorate.wire.Item;
import dev.quorate.wire.Plain;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Takes in what a peer sends, in the one transaction that it is given: no model, no network and no
/// other slow work. Thread-safe.
public final class Receiving {
  private static final String REASON = "sync_push";

  private final long clockAheadMillisMax;
  private final Reach reach = new Reach();

  /// @param clockAheadMillisMax how far in the future a stamp may be
  public Receiving(long clockAheadMillisMax) {
    this.clockAheadMillisMax = clockAheadMillisMax;
  }

  /// Takes in a push.
  ///
  /// @param peer who sent it
  /// @param guest what it may write, if it is a guest
  public Report push(
      ReplicaTransaction transaction,
      String peer,
      Optional<Frame> frame,
      List<Arrival> arrivals,
      Optional<GuestScope> guest) {
    var report = take(transaction, peer, arrivals, guest);
    frame
        .filter(range -> guest.isEmpty() && reach.follows(transaction, range))
        .ifPresent(range -> followed(transaction, range, report));
    return report;
  }

  private static void followed(ReplicaTransaction transaction, Frame range, Report report) {
    report.followed(range);
    if (!range.complete() || !report.skipped().isEmpty()) return;
    var held = new Origin(range.node(), range.epoch(), range.upTo());
    transaction.peers().hold(held);
    report.held(held);
  }

  /// What a push reported is on disk.
  public void committed(Report report) {
    report.followed().ifPresent(reach::came);
  }

  /// Takes in what was asked for without regard to sequences: this node brings it to the others as
  /// if it had made it.
  public Report adopt(ReplicaTransaction transaction, String peer, List<Arrival> arrivals) {
    return take(transaction, peer, arrivals, Optional.empty(), true);
  }

  /// Takes in each arrival, and says what became of it.
  public Report take(
      ReplicaTransaction transaction,
      String peer,
      List<Arrival> arrivals,
      Optional<GuestScope> guest) {
    return take(transaction, peer, arrivals, guest, guest.isPresent());
  }

  private Report take(
      ReplicaTransaction transaction,
      String peer,
      List<Arrival> arrivals,
      Optional<GuestScope> guest,
      boolean adopt) {
    var report = new Report();
    for (var arrival : arrivals) {
      var refusal = guest.flatMap(scope -> scope.refusal(transaction, arrival));
      if (refusal.isPresent()) {
        report.skip(arrival, refusal.get());
        continue;
      }
      guest.ifPresent(scope -> scope.brought(transaction, arrival));
      switch (arrival) {
        case Arrival.Bad bad -> report.skip(bad, bad.reason());
        case Arrival.Stamped stamped ->
            stamped(transaction, guest.isPresent() ? alone(stamped) : stamped, adopt, report);
        case Plain plain -> plain(transaction, peer, plain, report);
      }
    }
    return report;
  }

  /// A guest cannot tie its changes together: what it ties has no bound, and would have to travel
  /// to the other nodes in one push.
  private static Arrival.Stamped alone(Arrival.Stamped arrival) {
    var item = arrival.item();
    var alone =
        new Item(
            item.register(),
            item.origin(),
            item.originEpoch(),
            item.originSequence(),
            item.sequence(),
            null);
    return new Arrival.Stamped(arrival.list(), arrival.index(), alone, arrival.memory());
  }

  private void stamped(
      ReplicaTransaction transaction, Arrival.Stamped arrival, boolean adopt, Report report) {
    var item = arrival.item();
    var register = item.register();
    if (ahead(transaction, register.latestStamp().millis())) {
      report.skip(arrival, PeerState.CLOCK_AHEAD);
      return;
    }
    if (register instanceof PendingAction pending) {
      var flaw = Action.flaw(pending.payload());
      if (flaw.isPresent()) {
        report.skip(arrival, flaw.get());
        return;
      }
    }
    // Nobody else brings a guest's changes to the other nodes of this mesh.
    var origin = adopt ? null : origin(item);
    report.add(arrival, transaction.receive(register, arrival.memory(), origin, item.together()));
  }

  private void plain(ReplicaTransaction transaction, String peer, Plain plain, Report report) {
    if (ahead(transaction, latest(plain).toEpochMilli())) {
      report.skip(plain, PeerState.CLOCK_AHEAD);
    } else {
      report.add(plain, plain(transaction, peer, plain));
    }
  }

  private boolean ahead(ReplicaTransaction transaction, long millis) {
    return millis > transaction.nowMillis() + clockAheadMillisMax;
  }

  /// The latest of the times that become stamps.
  private static Instant latest(Plain plain) {
    return switch (plain) {
      case Plain.PlainMemory memory -> memory.updatedAt();
      case Plain.PlainPending pending ->
          pending.approvals().stream()
              .map(Plain.Approval::approvedAt)
              .reduce(pending.requestedAt(), (a, b) -> a.isAfter(b) ? a : b);
      case Plain.PlainDeletion _,
          Plain.PlainArchive _,
          Plain.PlainRestore _,
          Plain.PlainLink _,
          Plain.PlainDecision _,
          Plain.PlainStandard _,
          Plain.PlainClear _,
          Plain.PlainEmbedding _ ->
          Instant.EPOCH;
    };
  }

  private static Origin origin(Item item) {
    return new Origin(item.origin(), item.originEpoch(), item.originSequence());
  }

  /// An item without a stamp gets one: a memory that of its `updated_at` and the peer, anything
  /// else this node's clock. This node adopts it, since the peer does not bring it to the others.
  private static Effect plain(ReplicaTransaction transaction, String peer, Plain plain) {
    return switch (plain) {
      case Plain.PlainMemory arrived -> {
        var memory = arrived.memory();
        var stamp = Stamp.at(arrived.updatedAt(), peer);
        if (echoes(transaction, memory, stamp)) yield Effect.NOOP;
        yield adopt(
            transaction, ContentRegister.of(memory.id(), stamp, Seen.NOTHING, Body.write(memory)));
      }
      case Plain.PlainDeletion arrived -> turn(transaction, arrived.id(), State.DELETED);
      case Plain.PlainArchive arrived -> turn(transaction, arrived.id(), State.ARCHIVED);
      case Plain.PlainRestore arrived -> restore(transaction, arrived.id());
      case Plain.PlainLink arrived -> {
        var link = arrived.link();
        var relation = link.relation().text();
        var key = LinkRegister.key(link.sourceId(), link.targetId(), relation);
        var there = transaction.register(Lane.LINK, key).map(LinkRegister.class::cast);
        if (there.isPresent() && there.get().present()) yield Effect.NOOP;
        yield adopt(
            transaction,
            LinkRegister.of(
                link.sourceId(),
                link.targetId(),
                relation,
                transaction.stamp(),
                true,
                LinkBody.write(link)));
      }
      case Plain.PlainPending arrived -> PlainPendings.take(transaction, arrived);
      case Plain.PlainDecision arrived -> {
        if (hasVoted(transaction, arrived)) yield Effect.NOOP;
        var stamp = transaction.stamp();
        yield adopt(
            transaction, Vote.of(arrived.id(), arrived.decider(), arrived.approved(), stamp));
      }
      case Plain.PlainStandard arrived -> {
        var there =
            transaction
                .register(Lane.STANDARD, arrived.namespace())
                .map(StandardRegister.class::cast);
        var same =
            there
                .filter(standard -> arrived.standardId().equals(standard.standardId()))
                .filter(standard -> Objects.equals(arrived.parent(), standard.parent()));
        if (same.isPresent()) yield Effect.NOOP;
        yield adopt(
            transaction,
            StandardRegister.of(
                arrived.namespace(), transaction.stamp(), arrived.standardId(), arrived.parent()));
      }
      case Plain.PlainClear arrived -> {
        var there =
            transaction
                .register(Lane.STANDARD, arrived.namespace())
                .map(StandardRegister.class::cast);
        if (there.isEmpty() || there.get().standardId() == null) yield Effect.NOOP;
        yield adopt(
            transaction, StandardRegister.of(arrived.namespace(), transaction.stamp(), null, null));
      }
      case Plain.PlainEmbedding arrived -> {
        var content = transaction.register(Lane.CONTENT, arrived.memoryId());
        // Without its content nobody can say what the vector was made of.
        if (content.isEmpty() || hasVector(transaction, content.get(), arrived)) yield Effect.NOOP;
        yield adopt(
            transaction,
            EmbeddingRegister.of(
                arrived.memoryId(),
                content.get().stamp(),
                transaction.stamp(),
                arrived.model(),
                arrived.dimension(),
                arrived.vectorOfLengthOne()));
      }
    };
  }

  /// Whether the content here of the same time says the same: it came from here, and the peer has
  /// made its own of what it does not know.
  private static boolean echoes(ReplicaTransaction transaction, Memory memory, Stamp stamp) {
    var there = transaction.register(Lane.CONTENT, memory.id());
    if (there.isEmpty() || there.get().stamp().time() != stamp.time()) return false;
    var ours = Body.read(((ContentRegister) there.get()).body());
    return ours.title().equals(memory.title()) && ours.content().equals(memory.content());
  }

  /// Whoever decides the same again says nothing new, at whatever time.
  private static boolean hasVoted(ReplicaTransaction transaction, Plain.PlainDecision decision) {
    return transaction.votes(decision.id()).stream()
        .anyMatch(vote ->
            vote.voter().equals(decision.decider()) && vote.approve() == decision.approved());
  }

  /// Whether there is a vector that this one adds nothing to: the same one, for it is none of a
  /// later content, or any of the same content, for nobody can say which is newer, and the one that
  /// is here may be of the model that this mesh searches by.
  private static boolean hasVector(
      ReplicaTransaction transaction, Register content, Plain.PlainEmbedding arrived) {
    return transaction
        .register(Lane.EMBEDDING, arrived.memoryId())
        .map(EmbeddingRegister.class::cast)
        .filter(Register::intact)
        .filter(held ->
            held.contentStamp().compareTo(content.stamp()) >= 0
                || (held.model().equals(arrived.model())
                    && held.vector().equals(arrived.vectorOfLengthOne())))
        .isPresent();
  }

  /// Repeating what is so already must not bring back an old state over a newer one.
  private static Effect turn(ReplicaTransaction transaction, String id, State state) {
    var there = state(transaction, id);
    if (there.isPresent() && (there.get() == state || there.get() == State.DELETED)) {
      return Effect.NOOP;
    }
    return adopt(
        transaction, LifecycleRegister.of(id, transaction.stamp(), state, REASON, List.of()));
  }

  private static Effect restore(ReplicaTransaction transaction, String id) {
    if (state(transaction, id).filter(State.ARCHIVED::equals).isEmpty()) return Effect.NOOP;
    return adopt(
        transaction, LifecycleRegister.of(id, transaction.stamp(), State.LIVE, "", List.of()));
  }

  private static Optional<State> state(ReplicaTransaction transaction, String id) {
    return transaction.lifecycle(id).map(LifecycleRegister::state);
  }

  static Effect adopt(ReplicaTransaction transaction, Register register) {
    return transaction.receive(register, null, null);
  }
}
