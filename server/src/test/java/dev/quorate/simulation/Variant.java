package dev.quorate.simulation;

import dev.quorate.federation.BatchReader;
import dev.quorate.federation.Prepared;
import dev.quorate.federation.Receiving;
import dev.quorate.federation.Report;
import dev.quorate.merge.ContentRegister;
import dev.quorate.merge.LifecycleRegister;
import dev.quorate.merge.LostContent;
import dev.quorate.merge.Register;
import dev.quorate.replication.Batch;
import dev.quorate.replication.Operation;
import dev.quorate.replication.Operations;
import dev.quorate.replication.Outcome;
import dev.quorate.replication.Parcel;
import dev.quorate.replication.PeerState;
import dev.quorate.replication.PeerState.Identity;
import dev.quorate.replication.Progress;
import dev.quorate.store.Origin;
import dev.quorate.store.ReplicaSnapshot;
import dev.quorate.wire.Arrival;
import dev.quorate.wire.EncodedItem;
import dev.quorate.wire.Frame;
import dev.quorate.wire.Item;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// The protocol with one rule broken on purpose: a simulation that does not notice is worth
/// nothing.
enum Variant {
  /// A peer counts once its cursor has passed a number, whatever its batches carried.
  ACKS_BY_CURSOR(
      "as a holder of its write",
      () ->
          new Conduct() {
            @Override
            List<Operation> delivered(
                Operations operations, String peer, Batch batch, List<Outcome.Skip> skipped) {
              var whole = new Batch(batch.after(), batch.upTo(), true, batch.parcels());
              return operations.delivered(peer, whole, skipped);
            }
          }),

  /// What a peer skips counts as held.
  SKIPPED_IS_HELD(
      "as a holder of its write",
      () ->
          new Conduct() {
            @Override
            List<Operation> delivered(
                Operations operations, String peer, Batch batch, List<Outcome.Skip> skipped) {
              return operations.delivered(peer, batch, List.of());
            }
          }),

  /// What a peer cannot read is passed over, and counts as held.
  REFUSED_IS_HELD(
      "as a holder of its write",
      () ->
          taking(outcome -> outcome instanceof Outcome.Refused refused && refused.status() == 400)),

  /// A peer that has seen a nonce has taken what came with it.
  REPLAYED_IS_HELD(
      "as a holder of its write", () -> taking(outcome -> outcome instanceof Outcome.Replayed)),

  /// What is sent again bears the signature of the first attempt.
  SIGNS_ONCE(
      "still owes",
      () ->
          new Conduct() {
            private final Map<String, Long> nonces = new HashMap<>();

            @Override
            long nonce(SimNode from, SimNode to, Batch batch, long fresh) {
              var batchOf = "%s %s %d".formatted(from.id(), to.id(), batch.after());
              return nonces.computeIfAbsent(batchOf, _ -> fresh);
            }
          }),

  /// An answer that comes too late is taken for that to the next push.
  MIXES_ANSWERS(
      "as a holder of its write",
      () ->
          new Conduct() {
            @Override
            boolean mixesAnswers() {
              return true;
            }
          }),

  /// A peer of another version is taken for one that cannot read what it was sent.
  VERSION_IS_BAD_REQUEST(
      "would take of its version",
      () ->
          new Conduct() {
            @Override
            Outcome said(Outcome outcome) {
              return outcome instanceof Outcome.OtherVersion(var tag)
                  ? new Outcome.Refused(400, tag)
                  : outcome;
            }
          }),

  /// Whoever says who it is counts as well, whatever became of the last push.
  GREETING_FORGIVES(
      "which fails every push",
      () ->
          new Conduct() {
            @Override
            void greeted(
                PeerState state, Identity identity, long cursor, long asideMillis, long nowMillis) {
              super.greeted(state, identity, cursor, asideMillis, nowMillis);
              state.asideSent(asideMillis, nowMillis);
            }
          }),

  /// A mutation that found what others made answers by the numbers of this node's changes.
  FINDS_SILENTLY(
      "as a holder of its write",
      () ->
          new Conduct() {
            @Override
            void found(SimTransaction transaction, String id) {
              transaction.expect(id);
            }
          }),

  /// The cursor moves on although the push failed.
  MOVES_ON_FAILURE(
      "as a holder of its write",
      () ->
          new Conduct() {
            @Override
            Progress answered(
                PeerState state, Batch batch, Outcome outcome, long nowMillis, double fraction) {
              return super.answered(state, batch, new Outcome.Held(List.of()), nowMillis, fraction);
            }
          }),

  /// A push that timed out counts as delivered.
  TIMEOUT_IS_DELIVERY(
      "as a holder of its write",
      () ->
          new Conduct() {
            @Override
            Progress answered(
                PeerState state, Batch batch, Outcome outcome, long nowMillis, double fraction) {
              var taken =
                  outcome instanceof Outcome.TimedOut ? new Outcome.Held(List.of()) : outcome;
              return super.answered(state, batch, taken, nowMillis, fraction);
            }
          }),

  /// Nobody minds that a store was restored: neither who goes on sending to it nor it itself.
  IGNORES_EPOCHS(
      "says to hold everything",
      () ->
          new Conduct() {
            @Override
            boolean announced(PeerState state, String epoch) {
              return true;
            }

            @Override
            Report push(
                Receiving receiving,
                SimTransaction transaction,
                String peer,
                Frame frame,
                List<Arrival> arrivals) {
              var report = super.push(receiving, transaction, peer, frame, arrivals);
              if (frame.complete() && report.skipped().isEmpty()) {
                transaction.peers().hold(new Origin(frame.node(), frame.epoch(), frame.upTo()));
              }
              return report;
            }
          }),

  /// Contents that lost are not shipped.
  KEEPS_LOSERS_TO_ITSELF(
      "says to hold everything", () -> sending(register -> !(register instanceof LostContent))),

  /// Deletes that name a successor are not shipped.
  DROPS_CONSOLIDATIONS(
      "says to hold everything",
      () ->
          sending(register -> !(register instanceof LifecycleRegister delete) || !delete.waits())),

  /// What arrives last wins, not what was stamped last.
  ARRIVAL_WINS(
      "says to hold everything",
      () ->
          new Conduct() {
            @Override
            Report push(
                Receiving receiving,
                SimTransaction transaction,
                String peer,
                Frame frame,
                List<Arrival> arrivals) {
              var stamped =
                  arrivals.stream().map(arrival -> restamped(transaction, arrival)).toList();
              return super.push(receiving, transaction, peer, frame, stamped);
            }
          }),

  /// What is ahead of a peer's clock is never sent again.
  FORGETS_ASIDE(
      "something is still set aside",
      () ->
          new Conduct() {
            @Override
            boolean sendsAside() {
              return false;
            }
          }),

  /// Nobody reads what it lacks: who lost its store gets back nothing of its own.
  NO_CATCHUP(
      "hold different things",
      () ->
          new Conduct() {
            @Override
            boolean catchesUp() {
              return false;
            }
          }),

  /// A batch that was cut, or that lacks something, counts as everything.
  HOLDS_CUT_BATCHES(
      "says to hold everything",
      () ->
          new Conduct() {
            @Override
            Report push(
                Receiving receiving,
                SimTransaction transaction,
                String peer,
                Frame frame,
                List<Arrival> arrivals) {
              transaction.peers().hold(new Origin(frame.node(), frame.epoch(), frame.upTo()));
              return super.push(receiving, transaction, peer, frame, arrivals);
            }
          }),

  /// One peer counts as two.
  COUNTS_TWICE(
      "answers that a quorum of",
      () ->
          new Conduct() {
            @Override
            Set<String> counted(Set<String> peers) {
              var more = new TreeSet<>(peers);
              if (!peers.isEmpty()) {
                more.remove(new TreeSet<>(peers).last());
                more.add(twin(peers));
              }
              return more;
            }

            @Override
            List<Operation> delivered(
                Operations operations, String peer, Batch batch, List<Outcome.Skip> skipped) {
              operations.delivered(peer + TWIN, batch, skipped);
              return super.delivered(operations, peer, batch, skipped);
            }

            @Override
            String node(String peer) {
              return peer.replace(TWIN, "");
            }

            private static String twin(Set<String> peers) {
              return new TreeSet<>(peers).first() + TWIN;
            }
          });

  private static final String TWIN = " again";

  private final String complaint;

  @SuppressWarnings("ImmutableEnumChecker") // each call makes a new one
  private final Supplier<Conduct> conduct;

  Variant(String complaint, Supplier<Conduct> conduct) {
    this.complaint = complaint;
    this.conduct = conduct;
  }

  /// What the simulation says of the promise that this breaks; that another one breaks along with
  /// it proves nothing.
  String complaint() {
    return complaint;
  }

  Conduct conduct() {
    return conduct.get();
  }

  /// Takes some answers for the word that all is held.
  private static Conduct taking(Predicate<Outcome> held) {
    return new Conduct() {
      @Override
      Outcome said(Outcome outcome) {
        return held.test(outcome) ? new Outcome.Held(List.of()) : outcome;
      }
    };
  }

  /// Sends only some registers, and passes over the others as if they were not there.
  private static Conduct sending(Predicate<Register> sends) {
    return new Conduct() {
      @Override
      Prepared batch(BatchReader reader, ReplicaSnapshot snapshot, long after, int unitsMax) {
        var whole = super.batch(reader, snapshot, after, unitsMax);
        var items =
            whole.items().stream().filter(item -> sends.test(item.item().register())).toList();
        var parcels = items.stream().map(Variant::parcel).toList();
        var batch = whole.batch();
        return new Prepared(
            new Batch(batch.after(), batch.upTo(), batch.complete(), parcels), items);
      }
    };
  }

  private static Parcel parcel(EncodedItem item) {
    return new Parcel(item.item().register(), item.item().sequence());
  }

  private static Arrival restamped(SimTransaction transaction, Arrival arrival) {
    if (!(arrival instanceof Arrival.Stamped(var list, var index, var item, var _))
        || !(item.register() instanceof ContentRegister content)) {
      return arrival;
    }
    var register =
        ContentRegister.of(content.id(), transaction.stamp(), content.seen(), content.body());
    return new Arrival.Stamped(
        list,
        index,
        new Item(
            register,
            item.origin(),
            item.originEpoch(),
            item.originSequence(),
            item.sequence(),
            item.together()));
  }
}
