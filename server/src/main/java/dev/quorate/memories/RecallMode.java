package dev.quorate.memories;

import dev.quorate.failure.RequestFailure.Invalid;
import dev.quorate.memory.Rules;
import java.util.Arrays;
import java.util.Locale;

/// By what memories are recalled.
public enum RecallMode {
  /// By words and meaning together.
  HYBRID,
  /// By words alone.
  KEYWORD,
  /// By meaning alone.
  VECTOR;

  /// The name in the API.
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The mode with this name.
  ///
  /// @throws Invalid when no mode has this name
  public static RecallMode of(String text) {
    return Arrays.stream(values())
        .filter(mode -> mode.text().equals(text))
        .findFirst()
        .orElseThrow(
            () -> new Invalid("mode must be hybrid, keyword or vector: " + Rules.quote(text)));
  }
}
