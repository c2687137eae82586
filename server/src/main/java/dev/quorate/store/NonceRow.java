package dev.quorate.store;

import org.jspecify.annotations.Nullable;

/// What is kept of the nonces of a peer's messages, so that none is accepted twice.
///
/// @param key a row's name within its peer
/// @param value absent in a row that is to be forgotten
public record NonceRow(String peer, String key, @Nullable String value) {}
