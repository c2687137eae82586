package dev.quorate.http;

import dev.quorate.failure.RequestFailure.Overloaded;
import dev.quorate.failure.RequestFailure.Unauthorised;
import dev.quorate.http.transport.Request;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Whether a decision on a pending action comes from somebody who may decide (api.md 1.4): it is
/// signed with a secret, and each signature serves once. Thread-safe.
final class ApprovalSignatures {
  static final String TIMESTAMP = "X-AI-Memory-Timestamp";
  static final String SIGNATURE = "X-AI-Memory-Signature";

  private static final Duration AGE_MAX = Duration.ofMinutes(5);
  private static final Duration AHEAD_MAX = Duration.ofMinutes(1);

  /// For how long a signature is remembered: longer than any is taken for.
  private static final Duration REMEMBERED = Duration.ofMinutes(10);

  private static final int REMEMBERED_MAX = 100_000;
  private static final String PREFIX = "sha256=";
  private static final String ALGORITHM = "HmacSHA256";

  private final Optional<byte[]> secret;
  private final boolean loopback;
  private final InstantSource wallClock;

  /// When each signature that has served may be forgotten, in milliseconds.
  private final Map<String, Long> served = new HashMap<>();

  /// @param secret what decisions are signed with, empty for none
  /// @param loopback whether only programs on this machine can reach the node: then, and only then,
  ///   a node without a secret takes decisions
  ApprovalSignatures(Optional<byte[]> secret, boolean loopback, InstantSource wallClock) {
    this.secret = secret.map(ApprovalSignatures::sha256);
    this.loopback = loopback;
    this.wallClock = wallClock;
  }

  /// Lets the request pass if it is signed, and uses its signature up.
  ///
  /// @param pendingId what it decides on, decoded
  /// @throws Unauthorised when it is not signed, or not as it must be
  void require(Request request, String pendingId) {
    if (secret.isEmpty()) {
      if (loopback) return;
      throw new Unauthorised(
          "decisions need approval.hmac-secret to be set where other machines reach the node");
    }
    var timestamp =
        request
            .header(TIMESTAMP)
            .orElseThrow(() -> new Unauthorised("missing header " + TIMESTAMP));
    var signature =
        request
            .header(SIGNATURE)
            .orElseThrow(() -> new Unauthorised("missing header " + SIGNATURE));
    var nowMillis = wallClock.millis();
    requireNow(timestamp, nowMillis);
    var expected = signature(request, pendingId, timestamp, secret.get());
    if (!MessageDigest.isEqual(expected, presented(signature))) {
      throw new Unauthorised("the signature is not that of this request");
    }
    useUp(HexFormat.of().formatHex(expected), nowMillis);
  }

  private static void requireNow(String timestamp, long nowMillis) {
    // More digits than any time has would not fit a number.
    if (!timestamp.matches("[0-9]{1,12}")) {
      throw new Unauthorised(TIMESTAMP + " must be seconds since 1970");
    }
    var age = nowMillis - Long.parseLong(timestamp) * 1_000;
    if (age > AGE_MAX.toMillis()) {
      throw new Unauthorised("the signature is older than %d s".formatted(AGE_MAX.toSeconds()));
    }
    if (-age > AHEAD_MAX.toMillis()) {
      throw new Unauthorised(
          "the signature is more than %d s ahead of this node's clock"
              .formatted(AHEAD_MAX.toSeconds()));
    }
  }

  private static byte[] presented(String signature) {
    if (signature.startsWith(PREFIX)) {
      try {
        return HexFormat.of().parseHex(signature.substring(PREFIX.length()));
      } catch (IllegalArgumentException _) {
        // Answered below, as any other text that is no signature.
      }
    }
    throw new Unauthorised(SIGNATURE + " must be sha256= and the signature in hex");
  }

  private synchronized void useUp(String signature, long nowMillis) {
    if (served.size() >= REMEMBERED_MAX) served.values().removeIf(until -> until <= nowMillis);
    var until = served.get(signature);
    if (until != null && until > nowMillis) {
      throw new Unauthorised("the signature was used before");
    }
    // To forget one that may come again would be to take it twice.
    if (served.size() >= REMEMBERED_MAX) throw new Overloaded("too many decisions at once");
    served.put(signature, nowMillis + REMEMBERED.toMillis());
  }

  private static byte[] signature(Request request, String pendingId, String timestamp, byte[] key) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      var head = "%s.%s.%s.".formatted(timestamp, request.method(), pendingId);
      mac.update(head.getBytes(StandardCharsets.UTF_8));
      return mac.doFinal(request.body());
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  private static byte[] sha256(byte[] secret) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(secret);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
