package dev.quorate.store;

/// How far one node has come in another's sequence.
///
/// @param peer node id
/// @param epoch for a push the receiving peer's epoch, for a pull the serving peer's
public record Position(String peer, String epoch, long sequence) {}
