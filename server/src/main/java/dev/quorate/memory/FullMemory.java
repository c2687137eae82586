package dev.quorate.memory;

import java.time.Instant;

/// A memory with what its canonical body leaves out, as an export holds it and a peer sends it.
///
/// @param updatedAt when its content was made
/// @param accessCount how often it was read where it comes from, 0 or more
public record FullMemory(Memory memory, Instant updatedAt, long accessCount) {}
