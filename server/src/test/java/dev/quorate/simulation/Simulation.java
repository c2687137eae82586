package dev.quorate.simulation;

import dev.quorate.replication.Outcome;
import dev.quorate.seeds.Chance;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// One world from one seed: users write while things break, then everything is healed, and must
/// come to rest at what the rules say. Not thread-safe.
final class Simulation {
  private static final long HEALED_MILLIS_MAX = 900_000;
  private static final long LOOK_MILLIS = 1_000;
  private static final long RETRY_ASIDE_MILLIS = 30_000;

  /// What a node says of a push with something that it cannot read.
  static final String UNREADABLE = "cannot be read";

  /// What a node says of a push of a version that it does not speak.
  static final String OTHER_VERSION = "no such version";

  /// Far beyond what any world needs: more means that something goes in circles.
  private static final long EVENTS_MAX = 200_000;

  private static final boolean TRACE = Boolean.getBoolean("trace");

  private final Chance chance;
  private final Conduct conduct;
  private final Conditions conditions;
  private final Timeline timeline = new Timeline();
  private final Network network;
  private final Workload workload;
  private final List<SimNode> nodes = new ArrayList<>();
  private final Map<String, SimState> backups = new HashMap<>();
  private final Checks checks = new Checks(this);
  private int epochs;
  private long nonces;

  Simulation(Chance chance, Conduct conduct) {
    this.chance = chance;
    this.conduct = conduct;
    this.conditions = Conditions.of(chance);
    this.network = new Network(timeline, chance, conditions);
    this.workload = new Workload(chance, conduct);
    for (var i = 1; i <= conditions.nodes(); i++) nodes.add(new SimNode("n" + i, this));
  }

  /// Runs the world.
  ///
  /// @throws AssertionError when a rule is broken
  void run() {
    nodes.forEach(node -> node.skewMillis = chance.between(-5_000, 5_000));
    nodes.forEach(SimNode::start);
    for (var i = 0; i < conditions.operations(); i++) {
      timeline.after(moment(), () -> write(chance.oneOf(nodes)));
    }
    for (var i = 0; i < conditions.troubles(); i++) timeline.after(moment(), this::trouble);
    for (var i = 0; i < conditions.losses(); i++) timeline.after(moment(), this::loss);
    run(conditions.activeMillis());
    heal();
    retryAside();
    var deadline = timeline.now() + HEALED_MILLIS_MAX;
    var unrest = unrest();
    while (unrest.isPresent() && timeline.now() < deadline) {
      run(LOOK_MILLIS);
      unrest = unrest();
    }
    if (unrest.isPresent()) {
      throw violation("%d s after healing %s", HEALED_MILLIS_MAX / 1_000, unrest.get());
    }
    new Outcomes(this).check();
  }

  private long moment() {
    return chance.between(0, conditions.activeMillis());
  }

  private void run(long millis) {
    if (!timeline.runUntil(timeline.now() + millis, EVENTS_MAX)) {
      throw violation("the links go in circles: %s", unrest().orElse("nothing is owed"));
    }
  }

  private void write(SimNode node) {
    write(node, workload.next());
  }

  private void write(SimNode node, Function<SimTransaction, Boolean> mutation) {
    if (node.up()) node.write(mutation);
  }

  private void trouble() {
    var node = chance.oneOf(nodes);
    var lasts = chance.between(100, conditions.activeMillis());
    switch (chance.below(conditions.clocks() ? 15 : 13)) {
      case 0, 1 -> cutOff(node, lasts);
      case 2, 3 -> crash(node, chance.percent(50) ? 5 + chance.below(200) : lasts);
      case 4 -> refuse(node, lasts);
      case 5 -> {
        node.slowMillis = chance.oneOf(50, 1_500);
        timeline.after(lasts, () -> node.slowMillis = 0);
      }
      case 6, 7 -> {
        node.itemsMax = 1 + chance.below(3);
        timeline.after(lasts, () -> node.itemsMax = Integer.MAX_VALUE);
      }
      case 8 -> backUp(node);
      case 9 -> restore(node, chance.percent(50) ? 1 + chance.below(20) : lasts);
      case 10, 11 -> {
        node.unreadable = workload.anyId();
        timeline.after(lasts, () -> node.unreadable = "");
      }
      case 12 -> refusePushes(node, lasts);
      default -> setClock(node, chance.between(-90_000, 150_000));
    }
  }

  private void cutOff(SimNode node, long lasts) {
    for (var other : nodes) {
      if (chance.percent(70)) network.cut(node.id(), other.id());
    }
    timeline.after(lasts, network::mend);
  }

  private void crash(SimNode node, long lasts) {
    if (!node.up()) return;
    trace("%s crashes", node.id());
    node.crash();
    timeline.after(
        lasts,
        () -> {
          if (!node.up()) node.start();
        });
  }

  private void refuse(SimNode node, long lasts) {
    node.refusing = Optional.of(refusal(chance.below(3)));
    timeline.after(lasts, () -> node.refusing = Optional.empty());
  }

  /// It goes on to say who it is, and fails whatever it is sent.
  private void refusePushes(SimNode node, long lasts) {
    node.refusingPushes = Optional.of(refusal(chance.below(5)));
    timeline.after(lasts, () -> node.refusingPushes = Optional.empty());
  }

  private static Function<Long, Outcome> refusal(int kind) {
    return now ->
        switch (kind) {
          case 0 -> new Outcome.Throttled(now + 1_000);
          case 1 -> new Outcome.Failed(500, "internal");
          case 2 -> new Outcome.Refused(403, "not enrolled");
          case 3 -> new Outcome.Replayed();
          default -> new Outcome.OtherVersion(OTHER_VERSION);
        };
  }

  private static void setClock(SimNode node, long skewMillis) {
    if (node.skewMillis == skewMillis) return;
    node.skewMillis = skewMillis;
    node.links().forEach(SimLink::clockIsSet);
  }

  /// A node is backed up, and before long restored from that, often so quickly that nobody saw it
  /// go: the others go on writing before it has read again what it lost. Before that it may be
  /// unable to read something, which is sent again when it is restored, and after that it may take
  /// a while until it says who it is.
  private void loss() {
    var node = chance.oneOf(nodes);
    backUp(node);
    var reads = chance.percent(60);
    if (!reads) node.unreadable = workload.anyId();
    timeline.after(
        chance.between(1, conditions.activeMillis() / 2),
        () -> {
          var lasts = chance.percent(75) ? 1 + chance.below(20) : chance.between(100, 5_000);
          restore(node, lasts);
          if (!reads) {
            node.unreadable = "";
            timeline.after(lasts + chance.below(20), this::sendAside);
          }
          var hides = chance.percent(40) ? chance.between(100, 2_000) : 0;
          node.hidden = hides > 0;
          timeline.after(lasts + hides, () -> node.hidden = false);
          // While it is down, and while it greets the others and asks what it lacks.
          var untilRead = lasts + hides + 4L * conditions.delayMillisMax() + 20;
          for (var i = chance.below(5); i > 0; i--) {
            timeline.after(
                chance.between(0, untilRead),
                () -> {
                  var finds = chance.percent(50);
                  write(chance.oneOf(nodes), finds ? workload.again() : workload.next());
                });
          }
        });
  }

  private void backUp(SimNode node) {
    backups.put(node.id(), node.store().state().copy(node.store().epoch()));
  }

  private void restore(SimNode node, long lasts) {
    var backup = backups.get(node.id());
    if (!conditions.restores() || backup == null || !node.up()) return;
    crash(node, lasts);
    var epoch = node.store().epoch();
    node.restore(backup);
    trace("%s is restored as %s", node.id(), node.store().epoch());
    checks.restored(node, epoch);
  }

  private void heal() {
    network.heal();
    for (var node : nodes) {
      node.refusing = Optional.empty();
      node.refusingPushes = Optional.empty();
      node.unreadable = "";
      node.hidden = false;
      node.itemsMax = Integer.MAX_VALUE;
      node.slowMillis = 0;
      setClock(node, 0);
      if (!node.up()) node.start();
    }
  }

  /// What a node could not read is sent again when somebody asks, and after healing somebody does.
  private void retryAside() {
    sendAside();
    timeline.after(RETRY_ASIDE_MILLIS, this::retryAside);
  }

  private void sendAside() {
    for (var node : nodes) {
      var unreadable =
          node.store().state().quarantine.values().stream()
              .anyMatch(item -> item.reason().equals(UNREADABLE));
      if (unreadable) node.links().forEach(SimLink::retryAside);
    }
  }

  /// Why the world is not at rest yet.
  private Optional<String> unrest() {
    for (var node : nodes) {
      if (node.waiting()) return Optional.of("a writer still waits on " + node.id());
      if (!node.store().state().quarantine.isEmpty()) {
        return Optional.of(
            "something is still set aside on %s: %s"
                .formatted(node.id(), node.store().state().quarantine.values()));
      }
      for (var link : node.links()) {
        if (link.state().behind() || link.identity().isEmpty()) {
          return Optional.of(
              "%s still owes %s what follows %d of %d"
                  .formatted(
                      node.id(),
                      link.peer().id(),
                      link.state().cursor(),
                      node.store().committedSequence()));
        }
      }
      if (!node.operations().judge(lastOwn(node), 0).everywhere()) {
        return Optional.of("%s does not know that all peers hold all".formatted(node.id()));
      }
    }
    for (var node : nodes) {
      if (!node.store().tables().digest().equals(nodes.getFirst().store().tables().digest())) {
        return Optional.of(
            "%s and %s hold different things".formatted(nodes.getFirst().id(), node.id()));
      }
    }
    return Optional.empty();
  }

  private static long lastOwn(SimNode node) {
    return node.store().owedSequence();
  }

  /// Tells the story of a world that is played again with `-Dtrace=true`.
  @SuppressWarnings("AnnotateFormatMethod") // its annotation is not on the class path
  void trace(String format, Object... values) {
    if (!TRACE) return;
    System.out.printf("%6d %s%n", timeline.sinceBegin(), format.formatted(values));
  }

  @SuppressWarnings("AnnotateFormatMethod")
  AssertionError violation(String format, Object... values) {
    return new AssertionError(
        "at %d ms in %s: %s"
            .formatted(timeline.sinceBegin(), conditions, format.formatted(values)));
  }

  long freshNonce() {
    return nonces++;
  }

  String freshEpoch(String node) {
    return "e%s-%d".formatted(node, epochs++);
  }

  SimNode node(String id) {
    for (var node : nodes) {
      if (node.id().equals(id)) return node;
    }
    throw new IllegalArgumentException("no node " + id);
  }

  List<SimNode> nodes() {
    return nodes;
  }

  Conduct conduct() {
    return conduct;
  }

  Conditions conditions() {
    return conditions;
  }

  Timeline timeline() {
    return timeline;
  }

  Network network() {
    return network;
  }

  Chance chance() {
    return chance;
  }

  Checks checks() {
    return checks;
  }
}
