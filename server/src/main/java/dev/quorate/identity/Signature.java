package dev.quorate.identity;

import java.util.Base64;

/// The header `x-memory-sig`, read.
sealed interface Signature {
  /// The only algorithm there is.
  String PREFIX = "ed25519=";

  /// Its length in bytes.
  int BYTES = 64;

  /// A signature, yet to be verified.
  final class Present implements Signature {
    private final byte[] bytes;

    private Present(byte[] bytes) {
      this.bytes = bytes;
    }

    /// 64 of them.
    byte[] bytes() {
      return bytes;
    }
  }

  /// Something by another algorithm.
  record UnknownAlgorithm() implements Signature {}

  /// Not the base64 of 64 bytes.
  record Malformed() implements Signature {}

  /// Reads a header. What follows a `;` is ignored.
  static Signature read(String header) {
    var semicolon = header.indexOf(';');
    var text = (semicolon < 0 ? header : header.substring(0, semicolon)).strip();
    if (!text.startsWith(PREFIX)) return new UnknownAlgorithm();
    var encoded = text.substring(PREFIX.length());
    try {
      var bytes = Base64.getDecoder().decode(encoded);
      // The decoder takes more than one spelling of the same bytes.
      var isExact = Base64.getEncoder().encodeToString(bytes).equals(encoded);
      return isExact && bytes.length == BYTES ? new Present(bytes) : new Malformed();
    } catch (IllegalArgumentException _) {
      return new Malformed();
    }
  }

  static String write(byte[] bytes) {
    return PREFIX + Base64.getEncoder().encodeToString(bytes);
  }
}
