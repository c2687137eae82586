package dev.quorate.simulation;

import dev.quorate.merge.AliasFact;
import dev.quorate.merge.ContentRegister;
import dev.quorate.merge.LifecycleRegister;
import dev.quorate.merge.LostContent;
import dev.quorate.merge.Register;
import dev.quorate.store.Oracle;
import dev.quorate.store.State;
import java.util.ArrayList;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What must be true when a world has come to rest: all nodes hold the same, and it is what the
/// rules make of everything that was committed anywhere.
final class Outcomes {
  private final Simulation world;

  Outcomes(Simulation world) {
    this.world = world;
  }

  void check() {
    var first = world.nodes().getFirst().store().tables().state();
    for (var node : world.nodes()) {
      var shared = node.store().tables().state().shared();
      differs("registers of " + node.id(), shared.registers(), first.registers());
      differs("views of " + node.id(), shared.views(), first.views());
    }
    var everything = new ArrayList<Register>(world.checks().lasting());
    everything.addAll(first.registers().values());
    var oracle = new Oracle(everything, Workload::created);
    differs("views", first.views(), oracle.views());
    var others = new TreeMap<String, Register>();
    first
        .registers()
        .forEach((name, register) -> {
          switch (register) {
            case ContentRegister _, LifecycleRegister _, AliasFact _, LostContent _ -> {}
            default -> others.put(name, register);
          }
        });
    differs("registers", others, oracle.others());
    var store = world.nodes().getFirst().store();
    for (var id : oracle.ids()) {
      same(id, store.tables().content(id), oracle.content(id).filter(_ -> !oracle.erased(id)));
      same(id, store.tables().lifecycle(id), oracle.lifecycle(id));
    }
    for (var register : world.checks().lasting()) {
      if (register instanceof AliasFact && !Holds.holds(store, register)) {
        throw world.violation("an alias is forgotten: %s", Checks.text(register));
      }
    }
    for (var lost : oracle.mustBeLost()) {
      if (!first.registers().containsKey(State.name(new LostContent(lost)))) {
        throw world.violation("a content that lost is forgotten: %s", Checks.text(lost));
      }
    }
  }

  private void same(String id, Object is, Object should) {
    if (!is.equals(should)) {
      throw world.violation("%s is %s, but the rules make it %s", id, is, should);
    }
  }

  private static Object text(@Nullable Object held) {
    return held == null ? "nothing" : held;
  }

  private <T> void differs(
      String what, java.util.Map<String, T> is, java.util.Map<String, T> should) {
    if (is.equals(should)) return;
    for (var name : new TreeMap<>(should).keySet()) {
      if (!Objects.equals(is.get(name), should.get(name))) {
        throw world.violation(
            "%s: %s is %s, but should be %s",
            what, name.replace('\n', ' '), text(is.get(name)), text(should.get(name)));
      }
    }
    for (var name : is.keySet()) {
      if (!should.containsKey(name)) {
        throw world.violation(
            "%s: %s should not be there: %s", what, name.replace('\n', ' '), is.get(name));
      }
    }
  }
}
