package dev.quorate.subscriptions;

import dev.quorate.failure.RequestFailure.Invalid;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;

/// What the events of a subscription are signed with: the SHA-256 of its secret, which itself is
/// kept nowhere. Shows nothing of itself.
///
/// @param hex 64 lower-case hex digits
public record SigningKey(String hex) {
  private static final int SECRET_BYTES_MAX = 1_024;

  /// The key that a subscriber's secret gives.
  ///
  /// @throws Invalid when it is empty or longer than 1,024 bytes
  public static SigningKey ofSecret(String secret) {
    var bytes = secret.getBytes(StandardCharsets.UTF_8);
    if (bytes.length == 0 || bytes.length > SECRET_BYTES_MAX) {
      throw new Invalid("secret must be 1..%d bytes: %d".formatted(SECRET_BYTES_MAX, bytes.length));
    }
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return new SigningKey(HexFormat.of().formatHex(digest));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "SigningKey[hidden]";
  }
}
