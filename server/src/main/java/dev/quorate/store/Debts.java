package dev.quorate.store;

import dev.quorate.merge.LifecycleRegister;
import dev.quorate.merge.Register;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.function.Consumer;

/// What one mutation makes this node owe to its peers without changing it: registers that came from
/// elsewhere, and that this node hands on as if it had made them. Not thread-safe.
final class Debts {
  private final Tables tables;
  private final List<Made> made;

  /// @param made what the mutation answers for, in the order of the numbers; what is owed is added
  Debts(Tables tables, List<Made> made) {
    this.tables = tables;
    this.made = made;
  }

  /// Hands a register on, unless its latest change was made here and is owed for that.
  void owe(Register register) {
    // An older change made here was perhaps sent before, with another state.
    if (tables.latestIsHere(register.lane(), register.key())) return;
    made.add(Made.of(register, tables.record(register.lane(), register.key(), null, null)));
  }

  /// Hands on a delete. One that waits for its successors is owed together with what makes one
  /// known: its content, or the delete of it, which may wait in its turn.
  void oweDelete(LifecycleRegister delete) {
    withSuccessors(delete, this::owe);
  }

  /// Has the mutation answer for a register that it found as it was to be: whoever is to count as a
  /// holder must hold it, too, though another node made it.
  void answerFor(Register register) {
    owe(register);
    var number = tables.numberHere(register.lane(), register.key()).orElseThrow();
    if (made.stream().anyMatch(there -> there.sequence() == number)) return;
    var before = made.stream().takeWhile(there -> there.sequence() < number).count();
    made.add((int) before, Made.of(register, number));
  }

  /// The same for a memory: for its registers and those of its twins, and for what makes them one.
  void answerForMemory(String id) {
    tables.aliases(id).forEach(this::answerFor);
    for (var member : tables.members(id)) {
      tables.content(member).filter(Register::intact).ifPresent(this::answerFor);
      tables
          .lifecycle(member)
          .filter(Register::intact)
          .ifPresent(lifecycle -> withSuccessors(lifecycle, this::answerFor));
    }
  }

  private void withSuccessors(LifecycleRegister lifecycle, Consumer<Register> owe) {
    owe.accept(lifecycle);
    var asked = new HashSet<String>();
    var left = new ArrayDeque<>(lifecycle.successors());
    while (!left.isEmpty()) {
      var successor = left.remove();
      if (!asked.add(successor)) continue;
      var content = tables.content(successor);
      content.ifPresent(owe);
      if (content.isPresent()) continue;
      for (var member : tables.members(successor)) {
        tables.aliases(member).forEach(owe);
        var delete = tables.lifecycle(member).filter(LifecycleRegister::deleted);
        if (delete.isEmpty()) continue;
        owe.accept(delete.get());
        left.addAll(delete.get().successors());
      }
    }
  }
}
