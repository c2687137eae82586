package dev.quorate.store;

import dev.quorate.time.Stamp;

/// A content that a memory once had.
///
/// @param lost whether it lost a merge against a concurrent edit, rather than being replaced by a
///   later one
public record Version(Stamp stamp, String body, boolean lost) {}
