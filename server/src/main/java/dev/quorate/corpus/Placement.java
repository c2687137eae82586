package dev.quorate.corpus;

import org.jspecify.annotations.Nullable;

/// Where imported memories go and whose they are, as far as they do not say so themselves.
///
/// @param namespace the namespace of what has none
/// @param agentId the agent of what has none; absent for nobody
public record Placement(String namespace, @Nullable String agentId) {}
