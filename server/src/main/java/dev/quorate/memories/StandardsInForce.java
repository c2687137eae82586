package dev.quorate.memories;

import dev.quorate.standards.Chain;
import dev.quorate.store.Snapshot;
import dev.quorate.store.StoredMemory;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which standards hold. One that was set is in force while its standard memory is live, so that
/// archiving that memory suspends it and restoring it brings it back.
public final class StandardsInForce {
  private StandardsInForce() {}

  /// A standard that holds.
  ///
  /// @param memory what it says
  /// @param parent the namespace to inherit from, absent for none
  public record Standard(String namespace, StoredMemory memory, @Nullable String parent) {}

  /// The standard of exactly this namespace.
  public static Optional<Standard> of(Snapshot snapshot, String namespace) {
    var register = snapshot.standard(namespace);
    if (register.isEmpty() || register.get().standardId() == null) return Optional.empty();
    return snapshot
        .memory(register.get().standardId())
        .filter(StoredMemory::live)
        .map(memory -> new Standard(namespace, memory, register.get().parent()));
  }

  /// The namespaces whose standards hold for this one, from the top down.
  public static List<String> chain(Snapshot snapshot, String namespace) {
    return Chain.of(
        namespace, one -> of(snapshot, one).map(Standard::parent).filter(parent -> parent != null));
  }

  /// The standards that hold for a namespace, from the top down; levels without one are left out.
  public static List<Standard> along(Snapshot snapshot, List<String> chain) {
    return chain.stream().flatMap(level -> of(snapshot, level).stream()).toList();
  }
}
