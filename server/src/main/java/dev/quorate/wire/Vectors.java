package dev.quorate.wire;

import dev.quorate.failure.RequestFailure.Invalid;
import dev.quorate.failure.RequestFailure.Unprocessable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Base64;
import tools.jackson.databind.JsonNode;

/// The two forms of a vector on the wire: base64 of little-endian float32, and an array of numbers.
final class Vectors {
  static final int DIMENSION_MAX = 16_384;

  private static final double NORM_TOLERANCE = 1e-3;

  private Vectors() {}

  /// The numbers of a vector as a JSON array, each widened to a double as ai-memory writes it.
  static String numbers(String base64) {
    var values = floats(Base64.getDecoder().decode(base64));
    var out = new StringBuilder(values.remaining() * 22).append('[');
    while (values.hasRemaining()) {
      if (out.length() > 1) out.append(',');
      out.append((double) values.get());
    }
    return out.append(']').toString();
  }

  /// The base64 of an array of numbers.
  static String base64(JsonNode numbers, int dimension) {
    if (!numbers.isArray()) throw new Unprocessable("vector must be a list of numbers");
    for (var number : numbers) {
      if (!number.isNumber()) throw new Unprocessable("vector must be a list of numbers");
    }
    if (numbers.size() != dimension) {
      throw new Invalid(
          "vector must have as many numbers as dim says: %d, not %d"
              .formatted(dimension, numbers.size()));
    }
    var bytes = ByteBuffer.allocate(dimension * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (var number : numbers) bytes.putFloat(number.decimalValue().floatValue());
    usable(bytes.array());
    return Base64.getEncoder().encodeToString(bytes.array());
  }

  /// Returns a base64 text that keeps the rules.
  static String check(String base64, int dimension) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException _) {
      throw new Invalid("vector must be base64");
    }
    if (bytes.length != dimension * Float.BYTES) {
      throw new Invalid(
          "vector must have four bytes for each of %d dimensions: %d"
              .formatted(dimension, bytes.length));
    }
    usable(bytes);
    return base64;
  }

  /// The same direction with length 1, where the length is another (wire.md 4.10).
  static String ofLengthOne(String base64) {
    var bytes = ByteBuffer.wrap(Base64.getDecoder().decode(base64)).order(ByteOrder.LITTLE_ENDIAN);
    var values = bytes.asFloatBuffer();
    var squares = 0.0;
    for (var i = 0; i < values.limit(); i++) squares += (double) values.get(i) * values.get(i);
    var norm = Math.sqrt(squares);
    if (Math.abs(norm - 1) <= NORM_TOLERANCE) return base64;
    for (var i = 0; i < values.limit(); i++) values.put(i, (float) (values.get(i) / norm));
    return Base64.getEncoder().encodeToString(bytes.array());
  }

  static int dimension(long dimension) {
    if (dimension < 1 || dimension > DIMENSION_MAX) {
      throw new Invalid("dim must be 1..%d: %d".formatted(DIMENSION_MAX, dimension));
    }
    return (int) dimension;
  }

  private static void usable(byte[] bytes) {
    var values = floats(bytes);
    var zero = true;
    while (values.hasRemaining()) {
      var value = values.get();
      if (!Float.isFinite(value)) throw new Invalid("vector must hold finite numbers");
      zero &= value == 0;
    }
    if (zero) throw new Invalid("vector must not be all zeros");
  }

  private static FloatBuffer floats(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
  }
}
