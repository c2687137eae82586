package dev.quorate.memories;

import dev.quorate.failure.RequestFailure.Invalid;
import dev.quorate.memory.Rules;
import org.jspecify.annotations.Nullable;

/// Which memories are recalled, by whether they are archived.
public enum Among {
  LIVE,
  LIVE_AND_ARCHIVED,
  ARCHIVED;

  /// What a request asks for.
  ///
  /// @param text `include`, `only`, or absent for live memories
  /// @throws Invalid when it is anything else
  public static Among of(@Nullable String text) {
    return switch (text) {
      case null -> LIVE;
      case "include" -> LIVE_AND_ARCHIVED;
      case "only" -> ARCHIVED;
      default -> throw new Invalid("archived must be include or only: " + Rules.quote(text));
    };
  }
}
