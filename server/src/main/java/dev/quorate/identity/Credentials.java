package dev.quorate.identity;

import org.jspecify.annotations.Nullable;

/// What a message shows to prove where it comes from, as it came.
///
/// @param peerId header `x-peer-id`
/// @param signature header `x-memory-sig`
/// @param nonce header `x-memory-nonce`
/// @param certificate SHA-256 of the client's certificate in lower-case hexadecimal, absent without
///   one
/// @param hasApiKey whether it presents an API key of this node, or the node asks for none
public record Credentials(
    @Nullable String peerId,
    @Nullable String signature,
    @Nullable String nonce,
    @Nullable String certificate,
    boolean hasApiKey) {

  /// Name of the header that says who sends.
  public static final String PEER_ID_HEADER = "x-peer-id";
}
