package dev.quorate.http;

import dev.quorate.failure.RequestFailure.Unauthorised;
import dev.quorate.http.transport.Request;
import dev.quorate.store.RecordedOutcome;
import dev.quorate.store.Store;
import dev.quorate.store.Transaction;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Whether a decision on a pending action comes from somebody who may decide: it is signed with a
/// secret, and each signature serves once on this node, whatever ends its run. Thread-safe.
///
/// There are two signatures. That of ai-memory (api.md 1.4) covers neither the path nor the agent,
/// so it serves on another node for the opposite decision or another agent's. Ours covers both; a
/// decision that bears it is judged by it alone.
final class ApprovalSignatures {
  static final String TIMESTAMP = "X-AI-Memory-Timestamp";
  static final String SIGNATURE = "X-AI-Memory-Signature";
  static final String WHOLE = "Quorate-Signature";

  private static final Duration AGE_MAX = Duration.ofMinutes(5);
  private static final Duration AHEAD_MAX = Duration.ofMinutes(1);

  private static final String PREFIX = "sha256=";
  private static final String ALGORITHM = "HmacSHA256";

  /// Before a signature that has served, among the outcomes of idempotency keys, which are kept for
  /// longer than any signature is taken. No such key has a space.
  private static final String SERVED = "decision signed ";

  private final Optional<byte[]> key;
  private final boolean wholeOnly;
  private final boolean loopback;
  private final Store store;
  private final InstantSource wallClock;

  ApprovalSignatures(Handlers.Decisions decisions, Store store, InstantSource wallClock) {
    this.key = decisions.secret().map(ApprovalSignatures::sha256);
    this.wholeOnly = decisions.wholeOnly();
    this.loopback = decisions.loopback();
    this.store = store;
    this.wallClock = wallClock;
  }

  /// Lets the request pass if it is signed, and uses its signature up.
  ///
  /// @param pendingId what it decides on, decoded
  /// @throws Unauthorised when it is not signed, or not as it must be
  void require(Request request, String pendingId) {
    if (key.isEmpty()) {
      if (loopback) return;
      throw new Unauthorised(
          "decisions need approval.hmac-secret to be set where other machines reach the node");
    }
    var timestamp = header(request, TIMESTAMP);
    var isWhole = wholeOnly || request.header(WHOLE).isPresent();
    var name = isWhole ? WHOLE : SIGNATURE;
    var signature = header(request, name);
    requireNow(timestamp, wallClock.millis());
    var head = isWhole ? whole(request, timestamp) : head(request, timestamp, pendingId);
    var expected = hmac(key.get(), head, request.body());
    if (!MessageDigest.isEqual(expected, presented(name, signature))) {
      throw new Unauthorised("the signature is not that of this request");
    }
    useUp(HexFormat.of().formatHex(expected));
  }

  private static String header(Request request, String name) {
    return request.header(name).orElseThrow(() -> new Unauthorised("missing header " + name));
  }

  /// What ai-memory signs before the body.
  private static String head(Request request, String timestamp, String pendingId) {
    return "%s.%s.%s.".formatted(timestamp, request.method(), pendingId);
  }

  /// What we sign before the body. It begins with no digit, so that no signature of the one kind is
  /// one of the other.
  private static String whole(Request request, String timestamp) {
    var agent = request.header(Requester.HEADER).orElse("");
    return "quorate decision\n%s\n%s\n%s\n%s\n"
        .formatted(timestamp, request.method(), request.path(), agent);
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

  private static byte[] presented(String name, String signature) {
    if (signature.startsWith(PREFIX)) {
      try {
        return HexFormat.of().parseHex(signature.substring(PREFIX.length()));
      } catch (IllegalArgumentException _) {
        // Answered below, as any other text that is no signature.
      }
    }
    throw new Unauthorised(name + " must be sha256= and the signature in hex");
  }

  /// On disk before anything is decided: a run that ends in between must not leave it unused.
  private void useUp(String signature) {
    if (!store.write(transaction -> note(transaction, signature)).value()) {
      throw new Unauthorised("the signature was used before");
    }
  }

  private static boolean note(Transaction transaction, String signature) {
    var served = SERVED + signature;
    if (transaction.recordedOutcome(served).isPresent()) return false;
    transaction.recordOutcome(
        served,
        new RecordedOutcome(
            signature, 0, "", List.of(), transaction.nowMillis(), transaction.ownSequence()));
    return true;
  }

  private static byte[] hmac(byte[] key, String head, byte[] body) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      mac.update(head.getBytes(StandardCharsets.UTF_8));
      return mac.doFinal(body);
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
