package dev.quorate.store;

import dev.quorate.merge.Lane;

/// A change that a peer does not take, set aside so that those behind it are not held up.
///
/// @param peer node id
/// @param reason what the peer said
/// @param retryMillis when it is sent again by itself, [Long#MAX_VALUE] for when somebody asks
/// @param sinceMillis when it was set aside first
public record Quarantined(
    String peer, Lane lane, String key, String reason, long retryMillis, long sinceMillis) {}
