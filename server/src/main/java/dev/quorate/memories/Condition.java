package dev.quorate.memories;

import dev.quorate.failure.RequestFailure.PreconditionFailed;
import dev.quorate.store.StoredMemory;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a caller requires of the memory it is about to change. It holds on this node: two nodes may
/// each accept an edit of one version, and the merge keeps both.
///
/// @param version the `version` it must have
/// @param etags the entity tags of which it must have one; empty for any
public record Condition(@Nullable Long version, List<String> etags) {
  public static final Condition NONE = new Condition(null, List.of());

  public Condition {
    etags = List.copyOf(etags);
  }

  void require(StoredMemory memory) {
    if (version != null) {
      var present = memory.memory().version();
      if (present != version) {
        throw new PreconditionFailed(
            "the memory has version %d, not %d".formatted(present, version),
            Map.of("id", memory.id(), "version", present, "etag", memory.etag()));
      }
    }
    if (!etags.isEmpty() && !etags.contains("*") && !etags.contains(memory.etag())) {
      throw new PreconditionFailed(
          "the memory has changed since: its entity tag is now " + memory.etag(),
          Map.of("id", memory.id(), "etag", memory.etag()));
    }
  }
}
