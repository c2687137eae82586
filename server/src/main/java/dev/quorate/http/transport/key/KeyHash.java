package dev.quorate.http.transport.key;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The SHA-256 of an API key's text, which is all that is kept of it. A plain hash is enough, since
/// a key is 256 random bits and cannot be guessed from its hash. Shows nothing of itself: whoever
/// reads a log has no business to know which keys there are.
///
/// @param hex 64 lower-case hexadecimal digits
public record KeyHash(String hex) {
  public KeyHash {
    if (!hex.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("not the hexadecimal SHA-256 of an API key");
    }
  }

  public static KeyHash of(String key) {
    return new KeyHash(HexFormat.of().formatHex(digest(key)));
  }

  public byte[] bytes() {
    return HexFormat.of().parseHex(hex);
  }

  /// The 32 bytes of a key's hash, for a comparison that needs no [KeyHash].
  public static byte[] digest(String key) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "KeyHash[hidden]";
  }
}
