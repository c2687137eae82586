package dev.quorate.replication;

import dev.quorate.store.Quarantined;
import java.util.List;

/// What an answer of the peer changed.
///
/// @param cursor how far the peer has confirmed now
/// @param aside what it does not take, to be set aside
public record Progress(long cursor, List<Quarantined> aside) {}
