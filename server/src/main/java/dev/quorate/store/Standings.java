package dev.quorate.store;

import dev.quorate.merge.ContentRegister;
import dev.quorate.merge.LifecycleRegister;
import dev.quorate.merge.Standing;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What the registers of memories amount to, as far as they are here. Changes nothing.
final class Standings {
  private final Tables tables;

  Standings(Tables tables) {
    this.tables = tables;
  }

  /// How the memory of these ids stands.
  Standing of(Set<String> members) {
    var contents = new ArrayList<ContentRegister>(members.size());
    var lifecycles = new ArrayList<LifecycleRegister>(members.size());
    for (var member : members) {
      tables.content(member).ifPresent(contents::add);
      tables.lifecycle(member).ifPresent(lifecycles::add);
    }
    return Standing.of(contents, lifecycles, this::known);
  }

  /// Whether a delete of the memory is in effect: it waits for nothing, or a successor is known
  /// here. One is known by its content or by a delete of it that is in effect, so that deletes
  /// which wait for each other in a circle bring nothing into effect by themselves.
  boolean erased(String id) {
    var asked = new HashSet<String>();
    var left = new ArrayDeque<>(List.of(id));
    while (!left.isEmpty()) {
      for (var member : tables.members(left.remove())) {
        if (!asked.add(member)) continue;
        var delete = tables.lifecycle(member).filter(LifecycleRegister::deleted);
        if (delete.isEmpty()) continue;
        if (!delete.get().waits()) return true;
        for (var successor : delete.get().successors()) {
          if (tables.content(successor).isPresent()) return true;
          left.add(successor);
        }
      }
    }
    return false;
  }

  private boolean known(String id) {
    return tables.content(id).isPresent() || erased(id);
  }
}
