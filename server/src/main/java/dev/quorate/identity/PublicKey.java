package dev.quorate.identity;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.jspecify.annotations.Nullable;

/// An Ed25519 public key: what a peer's signatures are verified with. Immutable; equal by its
/// bytes.
public final class PublicKey {
  /// Length of a key as it is stored and sent.
  public static final int BYTES = 32;

  private final byte[] raw;
  private final Ed25519PublicKeyParameters point;

  private PublicKey(byte[] raw) {
    this.raw = raw;
    this.point = new Ed25519PublicKeyParameters(raw);
  }

  /// The key with these bytes; empty unless they are 32 and stand for a point of full order. A key
  /// of small order would let anyone sign in its name.
  public static Optional<PublicKey> of(byte[] raw) {
    if (raw.length != BYTES || !Ed25519.validatePublicKeyFull(raw, 0)) return Optional.empty();
    return Optional.of(new PublicKey(raw.clone()));
  }

  /// The key in base64, URL-safe or standard, with or without padding.
  public static Optional<PublicKey> parse(String text) {
    try {
      var urlSafe = text.strip().replace('+', '-').replace('/', '_');
      return of(Base64.getUrlDecoder().decode(urlSafe));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /// A copy of the 32 bytes.
  public byte[] bytes() {
    return raw.clone();
  }

  /// URL-safe base64 without padding: 43 characters.
  public String text() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(raw);
  }

  /// The first four hexadecimal digits, by which a node without a given name is told from others on
  /// its host.
  public String shortHex() {
    return HexFormat.of().formatHex(raw, 0, 2);
  }

  boolean hasBytes(byte[] other) {
    return Arrays.equals(raw, other);
  }

  /// Whether the signature is this key's over the message.
  ///
  /// @param signature 64 bytes
  public boolean verifies(byte[] message, byte[] signature) {
    return signature.length == Ed25519.SIGNATURE_SIZE
        && point.verify(Ed25519.Algorithm.Ed25519, null, message, 0, message.length, signature, 0);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PublicKey key && Arrays.equals(raw, key.raw);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(raw);
  }

  @Override
  public String toString() {
    return text();
  }
}
