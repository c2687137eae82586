package dev.quorate.memory;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where a memory comes from and how sure its maker was: the fields that most memories leave at
/// their defaults.
///
/// @param citations canonical JSON array
/// @param sourceSpan canonical JSON object `{end,start}`
/// @param confidenceSignals canonical JSON object
public record Provenance(
    MemoryKind kind,
    int reflectionDepth,
    @Nullable String entityId,
    @Nullable Integer personaVersion,
    String citations,
    @Nullable String sourceUri,
    @Nullable String sourceSpan,
    String confidenceSource,
    @Nullable String confidenceSignals,
    @Nullable Instant confidenceDecayedAt) {

  public static final String CALLER_PROVIDED = "caller_provided";

  /// All words that a confidence source can be (wire.md 2.4).
  public static final Set<String> CONFIDENCE_SOURCES =
      Set.of(CALLER_PROVIDED, "auto_derived", "calibrated", "decayed", "curator_derived");

  public static final Provenance PLAIN =
      new Provenance(
          MemoryKind.OBSERVATION, 0, null, null, "[]", null, null, CALLER_PROVIDED, null, null);
}
