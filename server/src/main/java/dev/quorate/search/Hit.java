package dev.quorate.search;

/// A memory that was found.
///
/// @param id the id under which the memory was shown when it was indexed
/// @param score above 0, at most 1, greater is better
public record Hit(String id, double score) {}
