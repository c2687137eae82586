package dev.quorate.merge;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/// The SHA-256 of a register's canonical bytes, made where the register was made and sent along.
public final class Hash implements Comparable<Hash> {
  /// The hash of nothing that exists, for a register of which only the name is known.
  public static final Hash NONE = new Hash(new byte[32]);

  private final byte[] bytes;

  private Hash(byte[] bytes) {
    this.bytes = bytes;
  }

  /// The hash of `parts` joined by line feeds. No part but the last may hold a line feed.
  static Hash of(String... parts) {
    return new Hash(sha256().digest(String.join("\n", parts).getBytes(StandardCharsets.UTF_8)));
  }

  /// The hash of these bytes.
  static Hash digest(byte[] bytes) {
    return new Hash(sha256().digest(bytes));
  }

  /// A hash that was made before.
  public static Hash ofBytes(byte[] sha256) {
    return new Hash(sha256.clone());
  }

  public byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public int compareTo(Hash other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Hash that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
