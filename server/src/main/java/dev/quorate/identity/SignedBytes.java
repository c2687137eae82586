package dev.quorate.identity;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// What exactly a signature stands over.
final class SignedBytes {
  private SignedBytes() {}

  /// A message and its nonce with a zero byte in between; without a nonce the message alone.
  static byte[] of(byte[] message, @Nullable String nonce) {
    if (nonce == null) return message;
    var tail = nonce.getBytes(StandardCharsets.UTF_8);
    var out = new ByteArrayOutputStream(message.length + 1 + tail.length);
    out.writeBytes(message);
    out.write(0);
    out.writeBytes(tail);
    return out.toByteArray();
  }

  /// The message of a request without a body.
  ///
  /// @param path as it stands on the wire
  /// @param rawQuery as it stands on the wire, without the `?`; empty where there is none
  static byte[] get(String path, String rawQuery) {
    return ("GET\n" + path + "\n" + rawQuery).getBytes(StandardCharsets.UTF_8);
  }
}
