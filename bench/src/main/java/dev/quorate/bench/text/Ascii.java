package dev.quorate.bench.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A growing run of ASCII bytes that is filled again and again without making garbage. Not
/// thread-safe.
public final class Ascii {
  private byte[] bytes;
  private int length;

  public Ascii(int expectedLength) {
    bytes = new byte[expectedLength];
  }

  public Ascii clear() {
    length = 0;
    return this;
  }

  public Ascii append(char character) {
    reserve(1);
    bytes[length++] = (byte) character;
    return this;
  }

  public Ascii append(String text) {
    var count = text.length();
    reserve(count);
    for (var i = 0; i < count; i++) bytes[length + i] = (byte) text.charAt(i);
    length += count;
    return this;
  }

  public Ascii append(byte[] text) {
    return append(text, text.length);
  }

  public Ascii append(Ascii text) {
    return append(text.bytes, text.length);
  }

  /// Appends the first bytes of a text.
  public Ascii append(byte[] text, int count) {
    reserve(count);
    System.arraycopy(text, 0, bytes, length, count);
    length += count;
    return this;
  }

  /// Appends a number of zero or more in decimal digits.
  public Ascii append(long number) {
    if (number < 0) throw new IllegalArgumentException("a number of zero or more: " + number);
    var digits = 1;
    for (var rest = number; rest >= 10; rest /= 10) digits++;
    reserve(digits);
    length += digits;
    var rest = number;
    for (var i = length - 1; i >= length - digits; i--) {
      bytes[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    return this;
  }

  public int length() {
    return length;
  }

  /// The bytes themselves, of which the first [#length()] count; valid until the next append.
  public byte[] bytes() {
    return bytes;
  }

  @Override
  public String toString() {
    return new String(bytes, 0, length, StandardCharsets.US_ASCII);
  }

  private void reserve(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}
