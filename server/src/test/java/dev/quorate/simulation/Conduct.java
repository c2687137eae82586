package dev.quorate.simulation;

import dev.quorate.federation.BatchReader;
import dev.quorate.federation.Prepared;
import dev.quorate.federation.Receiving;
import dev.quorate.federation.Report;
import dev.quorate.quorum.Miss;
import dev.quorate.replication.Batch;
import dev.quorate.replication.Operation;
import dev.quorate.replication.Operations;
import dev.quorate.replication.Outcome;
import dev.quorate.replication.PeerState;
import dev.quorate.replication.PeerState.Identity;
import dev.quorate.replication.Progress;
import dev.quorate.store.ReplicaSnapshot;
import dev.quorate.wire.Arrival;
import dev.quorate.wire.Frame;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// How nodes use the protocol: as the program does. A variant overrides one method to break a rule.
class Conduct {
  /// What goes into the next push.
  Prepared batch(BatchReader reader, ReplicaSnapshot snapshot, long after, int unitsMax) {
    return reader.push(snapshot, after, unitsMax);
  }

  /// Takes in a push.
  Report push(
      Receiving receiving,
      SimTransaction transaction,
      String peer,
      Frame frame,
      List<Arrival> arrivals) {
    return receiving.push(transaction, peer, Optional.of(frame), arrivals, Optional.empty());
  }

  /// Notes the answer to a push.
  Progress answered(
      PeerState state, Batch batch, Outcome outcome, long nowMillis, double fraction) {
    return state.answered(batch, outcome, nowMillis, fraction);
  }

  /// What the answer to a push means that is no report.
  Outcome said(Outcome outcome) {
    return outcome;
  }

  /// The nonce of one attempt to send a batch.
  ///
  /// @param fresh one that was never used
  long nonce(SimNode from, SimNode to, Batch batch, long fresh) {
    return fresh;
  }

  /// Whether an answer that comes too late is taken for that to what is on its way now.
  boolean mixesAnswers() {
    return false;
  }

  /// Notes who the peer is.
  void greeted(PeerState state, Identity identity, long cursor, long asideMillis, long nowMillis) {
    state.greeted(identity, cursor, asideMillis, nowMillis);
  }

  /// A user's mutation finds a memory as it was to make it.
  void found(SimTransaction transaction, String id) {
    transaction.findMemory(id);
  }

  /// Counts who holds a batch.
  List<Operation> delivered(
      Operations operations, String peer, Batch batch, List<Outcome.Skip> skipped) {
    return operations.delivered(peer, batch, skipped);
  }

  /// Counts an attempt that failed.
  List<Operation> failed(Operations operations, String peer, long upTo, Miss reason) {
    return operations.failed(peer, upTo, reason);
  }

  /// Notes the epoch of the peer's store. Returns whether it is the one that was greeted.
  boolean announced(PeerState state, String epoch) {
    return state.announced(epoch);
  }

  /// Which peers' answers count.
  Set<String> counted(Set<String> peers) {
    return new TreeSet<>(peers);
  }

  /// The node of a peer that counts.
  String node(String peer) {
    return peer;
  }

  boolean catchesUp() {
    return true;
  }

  boolean sendsAside() {
    return true;
  }
}
