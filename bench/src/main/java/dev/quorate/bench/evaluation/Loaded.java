package dev.quorate.bench.evaluation;

/// What became of a corpus in a server.
///
/// @param stored memories that were stored now
/// @param present memories that an earlier run had stored
/// @param changed of those, how many have another priority or tier than the corpus gives them,
///   because recalls have raised it
public record Loaded(int stored, int present, int changed) {}
