package dev.quorate.store;

/// What is kept of the nonces of a peer's messages, so that none is accepted twice.
///
/// @param key a row's name within its peer
public record NonceRow(String peer, String key, String value) {}
