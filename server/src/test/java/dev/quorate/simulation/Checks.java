package dev.quorate.simulation;

import dev.quorate.merge.Register;
import dev.quorate.quorum.Verdict;
import dev.quorate.replication.Operation;
import dev.quorate.store.Origin;
import dev.quorate.store.State;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What must be true at every moment of a simulation.
final class Checks {
  private final Simulation world;

  /// What each node made in each epoch, by its number.
  private final Map<String, TreeMap<Long, List<Register>>> made = new HashMap<>();

  /// Who made a register and has not lost it to a restore, by the register.
  private final Map<Register, Set<String>> makers = new HashMap<>();

  private final Map<Operation, SimNode.Write> writes = new HashMap<>();
  private final Map<Operation, Set<String>> counted = new HashMap<>();
  private final Map<String, Set<String>> erased = new HashMap<>();
  private final Map<String, Long> heldBefore = new HashMap<>();
  private final List<String> restored = new ArrayList<>();
  private int verdictsMet;
  private int verdictsMissed;

  Checks(Simulation world) {
    this.world = world;
  }

  int verdictsMet() {
    return verdictsMet;
  }

  int verdictsMissed() {
    return verdictsMissed;
  }

  /// What was made and is not lost with a restore.
  List<Register> lasting() {
    var lasting = new ArrayList<Register>();
    makers.forEach((register, by) -> {
      if (!by.isEmpty()) lasting.add(register);
    });
    return lasting;
  }

  private static String name(String node, String epoch) {
    return node + "/" + epoch;
  }

  /// A mutation stands.
  void committed(SimNode node, SimStore.Written<?> written) {
    var name = name(node.id(), node.store().epoch());
    var log = made.computeIfAbsent(name, _ -> new TreeMap<>());
    for (var change : written.made()) {
      world.trace(
          "%s makes %d: %s %s %s",
          node.id(),
          change.sequence(),
          change.lane(),
          change.key().replace('\n', ' '),
          change.stamp().text());
      for (var register : written.registers()) {
        // A mutation may change what it found in its first part.
        if (register.lane() != change.lane() || !register.hash().equals(change.hash())) continue;
        var there = log.computeIfAbsent(change.sequence(), _ -> new ArrayList<>());
        if (!there.contains(register)) there.add(register);
        makers.computeIfAbsent(register, _ -> new HashSet<>()).add(name + "/" + change.sequence());
      }
    }
    written.held().forEach(origin -> world.trace("%s holds %s", node.id(), origin));
    written.held().forEach(origin -> holdsEverything(node, origin));
    deletesStand(node);
  }

  /// Whoever says to hold everything of a node up to a number holds it.
  private void holdsEverything(SimNode node, Origin origin) {
    var log = made.get(name(origin.node(), origin.epoch()));
    var known = name(node.id(), node.store().epoch()) + " " + name(origin.node(), origin.epoch());
    var before = heldBefore.getOrDefault(known, -1L);
    if (log == null || before >= origin.sequence()) return;
    heldBefore.put(known, origin.sequence());
    log.subMap(before, false, origin.sequence(), true)
        .forEach((sequence, registers) -> {
          for (var register : registers) {
            if (Holds.holds(node.store(), register)) continue;
            throw world.violation(
                "%s says to hold everything that %s made up to %d, but lacks its change %d: %s",
                node.id(), origin.node(), origin.sequence(), sequence, text(register));
          }
        });
  }

  private void deletesStand(SimNode node) {
    var gone = erased.computeIfAbsent(node.id(), _ -> new HashSet<>());
    for (var id : gone) {
      if (node.store().tables().content(id).isPresent()) {
        throw world.violation("%s shows %s again, which was deleted there", node.id(), id);
      }
    }
    for (var id : node.store().tables().deleted()) {
      if (!gone.contains(id) && Holds.erased(node.store(), id)) gone.add(id);
    }
  }

  /// A user's write is counted from now on.
  void begun(SimNode node, Operation operation, SimNode.Write write) {
    writes.put(operation, write);
    for (var link : node.links()) counted(node, operation, link.peer(), link.epochSeen());
  }

  /// An operation may count a peer that it did not count before.
  ///
  /// @param epoch of the peer's store when it showed to hold it
  void counted(SimNode node, Operation operation, SimNode peer, String epoch) {
    var write = writes.get(operation);
    if (write == null || !operation.verdict().nodes().contains(peer.id())) return;
    if (!counted.computeIfAbsent(operation, _ -> new HashSet<>()).add(peer.id())) return;
    // What it showed to hold it may have lost since.
    if (peer.store().epoch().equals(epoch)) holds(node, peer, write, "counts");
  }

  private void holds(SimNode node, SimNode holder, SimNode.Write write, String says) {
    for (var register : write.written().registers()) {
      if (Holds.holds(holder.store(), register)) continue;
      throw world.violation(
          "%s %s %s as a holder of its write %d, which lacks %s",
          node.id(), says, holder.id(), write.written().ownSequence(), text(register));
    }
  }

  /// A writer gets its receipt.
  void verdict(SimNode node, Verdict verdict, SimNode.Write write) {
    var named = new HashSet<String>();
    verdict.nodes().forEach(name -> named.add(world.conduct().node(name)));
    for (var name : named) {
      var holder = world.node(name);
      if (!restored.contains(name)) holds(node, holder, write, says(verdict));
    }
    switch (verdict) {
      case Verdict.Met _ -> {
        verdictsMet++;
        if (named.size() < world.conditions().writes()) {
          throw world.violation(
              "%s answers that a quorum of %d holds its write, and names %s",
              node.id(), world.conditions().writes(), verdict.nodes());
        }
      }
      case Verdict.NotMet _ -> verdictsMissed++;
    }
  }

  private static String says(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Met _ -> "answers that its quorum is met and names";
      case Verdict.NotMet _ -> "answers that its quorum is missed and names";
    };
  }

  /// A node goes on from a backup: what it made later is lost with it, unless others made the same.
  void restored(SimNode node, String lostEpoch) {
    restored.add(node.id());
    erased.remove(node.id());
    var last = node.store().committedSequence();
    var prefix = name(node.id(), lostEpoch) + "/";
    for (var by : makers.values()) {
      by.removeIf(maker ->
          maker.startsWith(prefix) && Long.parseLong(maker.substring(prefix.length())) > last);
    }
    var own = new TreeMap<Long, List<Register>>();
    var name = name(node.id(), node.store().epoch());
    for (var change : node.store().tables().changes().values()) {
      if (!node.store().tables().madeHere(change)) continue;
      node.store()
          .tables()
          .register(change.lane(), change.key())
          .ifPresent(register ->
              own.computeIfAbsent(change.sequence(), _ -> new ArrayList<>()).add(register));
    }
    made.put(name, own);
    // What it kept it keeps under its new epoch, and may lose by another restore.
    for (var by : makers.values()) {
      var kept = by.stream().filter(maker -> maker.startsWith(prefix)).toList();
      kept.forEach(maker -> by.add(name + "/" + maker.substring(prefix.length())));
      kept.forEach(by::remove);
    }
  }

  static String text(Register register) {
    return State.name(register).replace('\n', ' ') + " " + register.stamp().text();
  }
}
