package dev.quorate.identity;

import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;

/// Signs the messages of one process of this node, each under a nonce of its own. Thread-safe.
public final class Signing {
  /// Names of the headers that carry the result.
  public static final String SIGNATURE_HEADER = "x-memory-sig";

  public static final String NONCE_HEADER = "x-memory-nonce";

  private static final int BOOT_BITS = 60;

  private final NodeKey key;
  private final long boot;
  private final AtomicLong counter = new AtomicLong();

  public Signing(NodeKey key) {
    this(key, new SecureRandom().nextLong() >>> (Long.SIZE - BOOT_BITS));
  }

  Signing(NodeKey key, long boot) {
    this.key = key;
    this.boot = boot;
  }

  /// The values of the two headers.
  public record Signed(String signature, String nonce) {}

  /// Signs a body; the very same bytes must be sent.
  public Signed body(byte[] body) {
    return sign(body);
  }

  /// Signs a request without a body.
  ///
  /// @param path as it will stand on the wire
  /// @param rawQuery as it will stand on the wire, without the `?`; empty where there is none
  public Signed get(String path, String rawQuery) {
    return sign(SignedBytes.get(path, rawQuery));
  }

  private Signed sign(byte[] message) {
    var nonce = new Nonce.Counted(boot, counter.getAndIncrement()).text();
    return new Signed(Signature.write(key.sign(SignedBytes.of(message, nonce))), nonce);
  }
}
