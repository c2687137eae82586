package dev.quorate.wire;

import dev.quorate.failure.RequestFailure.Invalid;
import dev.quorate.failure.RequestFailure.Unprocessable;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The signature of a link on the wire: an array of 64 numbers from 0 to 255.
final class Signatures {
  private static final int BYTES = 64;

  private Signatures() {}

  static void shape(JsonNode numbers) {
    var fits =
        numbers.isArray()
            && numbers
                .valueStream()
                .allMatch(number ->
                    number.isIntegralNumber()
                        && number.canConvertToInt()
                        && number.asInt() >= 0
                        && number.asInt() <= 255);
    if (!fits) throw new Unprocessable("signature must be a list of numbers 0..255");
  }

  /// The signature as lower-case hex.
  static @Nullable String hex(@Nullable JsonNode numbers) {
    if (numbers == null) return null;
    if (numbers.size() != BYTES) {
      throw new Invalid("signature must be %d bytes: %d".formatted(BYTES, numbers.size()));
    }
    var bytes = new byte[BYTES];
    for (var i = 0; i < BYTES; i++) bytes[i] = (byte) numbers.get(i).asInt();
    return HexFormat.of().formatHex(bytes);
  }
}
