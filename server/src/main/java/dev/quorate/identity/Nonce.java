package dev.quorate.identity;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// What a message carries so that it cannot be accepted twice.
sealed interface Nonce {
  /// A nonce of a Quorate node: a UUID of version 8 of which the free high 60 bits name a process
  /// and the low ones count its messages.
  ///
  /// @param boot 60 bits
  /// @param counter from 0, less than [#COUNTER_LIMIT]
  record Counted(long boot, long counter) implements Nonce {
    /// Far more than a process can send; a random UUID of version 8 hardly ever stays below it.
    static final long COUNTER_LIMIT = 1L << 48;

    private static final long VARIANT = 0b10L << 62;
    private static final Pattern TEXT =
        Pattern.compile(
            "([0-9a-f]{8})-([0-9a-f]{4})-8([0-9a-f]{3})-([89ab][0-9a-f]{3})-([0-9a-f]{12})");

    /// The UUID, in lower case.
    String text() {
      var hex = HexFormat.of();
      var high = hex.toHexDigits(boot, 15);
      var low = hex.toHexDigits(VARIANT | counter, 16);
      return "%s-%s-8%s-%s-%s"
          .formatted(
              high.substring(0, 8),
              high.substring(8, 12),
              high.substring(12),
              low.substring(0, 4),
              low.substring(4));
    }
  }

  /// Any other text.
  record Foreign(String text) implements Nonce {
    /// SHA-256 over peer and nonce, each with its length in front, in hexadecimal.
    String fingerprint(String peer) {
      try {
        var digest = MessageDigest.getInstance("SHA-256");
        for (var part : new String[] {peer, text}) {
          var bytes = part.getBytes(StandardCharsets.UTF_8);
          digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
          digest.update(bytes);
        }
        return HexFormat.of().formatHex(digest.digest());
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java platform has SHA-256", e);
      }
    }
  }

  static Nonce of(String text) {
    var match = Counted.TEXT.matcher(text);
    if (!match.matches()) return new Foreign(text);
    var boot = HexFormat.fromHexDigitsToLong(match.group(1) + match.group(2) + match.group(3));
    var low = HexFormat.fromHexDigitsToLong(match.group(4) + match.group(5));
    var counter = low ^ Counted.VARIANT;
    if (counter < 0 || counter >= Counted.COUNTER_LIMIT) return new Foreign(text);
    return new Counted(boot, counter);
  }
}
