package dev.quorate.store;

import dev.quorate.merge.ContentRegister;
import dev.quorate.merge.Register;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Everything that tables hold, in an order of its own, so that two of them can be compared.
///
/// @param registers by lane and key, lost contents included
/// @param views by content id
/// @param replaced former contents that are no more than what this node saw
/// @param changes lane and key of each register that has a sequence number, oldest first
public record State(
    SortedMap<String, Register> registers,
    SortedMap<String, View> views,
    Set<ContentRegister> replaced,
    List<String> changes) {

  public static SortedMap<String, Register> byKey(Collection<? extends Register> registers) {
    var sorted = new TreeMap<String, Register>();
    registers.forEach(register -> sorted.put(name(register), register));
    return sorted;
  }

  public static String name(Register register) {
    return register.lane() + " " + register.key();
  }

  /// What must come out the same on every node, whatever it saw on the way.
  public Shared shared() {
    return new Shared(registers, views);
  }

  /// The part of the state that is replicated, and what readers are shown of it.
  public record Shared(SortedMap<String, Register> registers, SortedMap<String, View> views) {}
}
