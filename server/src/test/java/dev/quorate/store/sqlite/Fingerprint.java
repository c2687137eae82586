package dev.quorate.store.sqlite;

import dev.quorate.memory.Body;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A body in short: its version and its SHA-256, with a space between.
final class Fingerprint {
  private Fingerprint() {}

  static String of(String body) {
    try {
      var hash = MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8));
      return Body.read(body).version() + " " + HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
