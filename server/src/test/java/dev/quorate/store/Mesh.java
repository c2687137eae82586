package dev.quorate.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.merge.Register;
import dev.quorate.seeds.Chance;
import java.util.ArrayList;
import java.util.List;

/// How changes reach replicas: in any order, any number of times, in batches of any size.
public final class Mesh {
  private static final int ROUNDS_MAX = 20;

  private final Chance chance;
  private final List<Replica> replicas;

  public Mesh(Chance chance, List<Replica> replicas) {
    this.chance = chance;
    this.replicas = replicas;
  }

  /// Brings every change to every replica, its own way each.
  public void deliver(List<Register> changes) {
    for (var replica : replicas) {
      for (var batch : disordered(changes)) replica.receive(batch);
    }
  }

  /// The changes in another order, some of them more than once, cut into batches.
  public List<List<Register>> disordered(List<Register> changes) {
    var order = new ArrayList<>(chance.shuffled(changes));
    for (var left = chance.below(changes.size() + 1); left > 0; left--) {
      order.add(chance.below(order.size() + 1), chance.oneOf(changes));
    }
    return chance.split(order);
  }

  /// Lets every replica send what it holds to every other one until nobody learns anything: what
  /// merging itself found (twins, lost contents) is replicated like any change.
  public void exchangeUntilQuiet() {
    var rounds = 0;
    var learned = true;
    while (learned) {
      assertThat(rounds++).as("rounds until nobody learns anything").isLessThan(ROUNDS_MAX);
      learned = false;
      for (var sender : replicas) {
        for (var receiver : replicas) {
          if (sender == receiver) continue;
          var held = List.copyOf(sender.state().registers().values());
          for (var batch : chance.split(chance.shuffled(held))) {
            learned |= receiver.receive(batch);
          }
        }
      }
    }
  }
}
