package dev.quorate.memories;

import dev.quorate.failure.RequestFailure.Invalid;
import dev.quorate.failure.RequestFailure.NotFound;
import dev.quorate.memory.Rules;
import dev.quorate.store.Snapshot;
import dev.quorate.store.StoredMemory;
import java.util.LinkedHashMap;

/// How a memory is found by what a person types: its id, or a prefix that no other id has.
public final class Lookup {
  private static final int PREFIX_CANDIDATES = 50;

  private Lookup() {}

  /// The live memory (or one whose expiry has passed) with this id or unique prefix.
  ///
  /// @throws Invalid when several ids begin so
  /// @throws NotFound when none does
  public static StoredMemory find(Snapshot snapshot, String idOrPrefix) {
    var id = Rules.id(idOrPrefix);
    var exact = snapshot.memory(id);
    if (exact.isPresent()) {
      return exact.filter(StoredMemory::liveOrExpired).orElseThrow(Lookup::notFound);
    }
    var found = new LinkedHashMap<String, StoredMemory>();
    for (var candidate : snapshot.idsWithPrefix(id, PREFIX_CANDIDATES)) {
      snapshot
          .memory(candidate)
          .filter(StoredMemory::liveOrExpired)
          .ifPresent(memory -> found.put(memory.id(), memory));
    }
    if (found.size() > 1) {
      throw new Invalid(
          "ambiguous ID prefix %s: %d or more memories begin so"
              .formatted(Rules.quote(id), found.size()));
    }
    return found.values().stream().findFirst().orElseThrow(Lookup::notFound);
  }

  private static NotFound notFound() {
    return new NotFound("not found");
  }
}
