package dev.quorate.search;

import dev.quorate.memory.MemoryKind;
import dev.quorate.memory.Tier;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which memories a search may find; what is absent lets everything pass.
///
/// @param namespace where the memory is
/// @param ancestors whether a memory may also be in any namespace above `namespace`; one without a
///   `/` counts for itself only. The nearer a memory is, the higher it ranks
/// @param minPriority 1 to 10; 1 lets everything pass
/// @param tag one exact tag
/// @param since earliest `created_at`, inclusive
/// @param until latest `created_at`, inclusive
/// @param asAgent the reader's position in the namespaces, which decides what is visible (api.md
///   2.6)
/// @param kinds any of them; empty lets everything pass
/// @param hasCitations whether only memories with citations count
/// @param sourceUriPrefix what the source's URI begins with
public record Filter(
    @Nullable String namespace,
    boolean ancestors,
    @Nullable Tier tier,
    int minPriority,
    @Nullable String tag,
    @Nullable Instant since,
    @Nullable Instant until,
    @Nullable String agentId,
    @Nullable String asAgent,
    Set<MemoryKind> kinds,
    boolean hasCitations,
    @Nullable String sourceUriPrefix) {

  /// Lets everything pass.
  public static final Filter NONE =
      new Filter(null, false, null, 1, null, null, null, null, null, Set.of(), false, null);

  public Filter {
    kinds = Set.copyOf(kinds);
  }

  /// The namespaces in which a memory may be; none where it may be in any.
  public List<String> namespaces() {
    if (namespace == null) return List.of();
    return ancestors ? Namespaces.withAncestors(namespace) : List.of(namespace);
  }

  /// Only what is in this namespace.
  public static Filter in(String namespace) {
    return new Filter(
        namespace, false, null, 1, null, null, null, null, null, Set.of(), false, null);
  }
}
