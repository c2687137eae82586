package dev.quorate.replication;

import dev.quorate.store.Quarantined;
import java.util.List;
import java.util.Optional;

/// What an answer of the peer changed.
///
/// @param cursor how far the peer has confirmed now
/// @param aside what it does not take, to be set aside
/// @param told what it means for the writes in the batch; nothing yet where the batch is sent again
///   in smaller parts
public record Progress(long cursor, List<Quarantined> aside, Optional<Outcome> told) {}
