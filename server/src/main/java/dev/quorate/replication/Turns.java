package dev.quorate.replication;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// Goes round a list, a few at a time, so that each has its turn. Pure; not thread-safe.
final class Turns {
  private final List<String> names;
  private int next;

  Turns(List<String> names) {
    this.names = List.copyOf(names);
  }

  /// The next few that are eligible; fewer when there are no more, and none of them twice.
  List<String> take(int many, Predicate<String> eligible) {
    var taken = new ArrayList<String>();
    for (var step = 0; step < names.size() && taken.size() < many; step++) {
      var name = names.get(next);
      next = (next + 1) % names.size();
      if (eligible.test(name)) taken.add(name);
    }
    return taken;
  }
}
