package dev.quorate.embedding;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Base64;

/// A vector of length 1, which says what a text means: the nearer two are, the more alike.
/// Immutable.
public final class Vector {
  /// How far from 1 a length may be before it is corrected (wire.md 4.10).
  private static final double NORM_TOLERANCE = 1e-3;

  /// The greatest dimension that the search index takes.
  public static final int DIMENSION_MAX = 4_096;

  private final float[] values;

  private Vector(float[] values) {
    this.values = values;
  }

  /// The vector of these values, brought to length 1 where it has another.
  ///
  /// @throws UnusableVector when a value is not finite, all are 0, or there are none or too many
  public static Vector of(float[] values) {
    if (values.length == 0 || values.length > DIMENSION_MAX) {
      throw new UnusableVector(
          "a vector has 1..%d values: %d".formatted(DIMENSION_MAX, values.length));
    }
    var squares = 0.0;
    for (var value : values) {
      if (!Float.isFinite(value))
        throw new UnusableVector("a vector's values are finite: " + value);
      squares += (double) value * value;
    }
    if (squares == 0) throw new UnusableVector("a vector of nothing but zeros has no direction");
    var norm = Math.sqrt(squares);
    if (Math.abs(norm - 1) <= NORM_TOLERANCE) return new Vector(values.clone());
    var scaled = new float[values.length];
    for (var i = 0; i < values.length; i++) scaled[i] = (float) (values[i] / norm);
    return new Vector(scaled);
  }

  /// Reads what [#encoded] wrote.
  ///
  /// @throws UnusableVector when it is anything else
  public static Vector decode(String encoded) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(encoded);
    } catch (IllegalArgumentException e) {
      throw new UnusableVector("a vector is base64: " + e.getMessage());
    }
    if (bytes.length % Float.BYTES != 0) {
      throw new UnusableVector("a vector has four bytes a value: %d bytes".formatted(bytes.length));
    }
    var values = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return of(values);
  }

  /// Little-endian float32 values in base64.
  public String encoded() {
    var bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (var value : values) bytes.putFloat(value);
    return Base64.getEncoder().encodeToString(bytes.array());
  }

  public int dimension() {
    return values.length;
  }

  /// A copy of the values.
  public float[] values() {
    return values.clone();
  }

  /// The cosine of the angle between two, from -1 to 1.
  ///
  /// @throws IllegalArgumentException when they differ in dimension
  public double similarity(Vector other) {
    if (other.values.length != values.length) {
      throw new IllegalArgumentException(
          "vectors of %d and %d values".formatted(values.length, other.values.length));
    }
    var sum = 0.0;
    for (var i = 0; i < values.length; i++) sum += (double) values[i] * other.values[i];
    return Math.clamp(sum, -1.0, 1.0);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Vector that && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "Vector of " + values.length;
  }
}
