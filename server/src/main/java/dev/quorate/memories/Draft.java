package dev.quorate.memories;

import dev.quorate.memory.Provenance;
import dev.quorate.memory.Tier;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A memory that is to be stored; every value keeps the rules of [dev.quorate.memory.Rules].
///
/// @param metadata canonical JSON object, agent and scope included
/// @param expiresAt when it expires, absent for what its life or its tier says
/// @param life how long it lasts from when it is stored on, absent for what its tier says
public record Draft(
    String title,
    String content,
    Tier tier,
    String namespace,
    List<String> tags,
    int priority,
    double confidence,
    String source,
    @Nullable Instant expiresAt,
    @Nullable Duration life,
    String metadata,
    Provenance provenance) {}
