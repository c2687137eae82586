package dev.quorate.settings;

import dev.quorate.failure.RequestFailure.Invalid;
import dev.quorate.memory.Rules;

/// Table `[memory]`: what a memory gets that does not say, and how much of its past is kept.
///
/// @param defaultNamespace where a memory goes that names no namespace
/// @param replacedVersionsMax how many versions of one memory that later edits replaced are kept
public record MemorySettings(String defaultNamespace, int replacedVersionsMax) {
  public static final MemorySettings DEFAULT = new MemorySettings("global", 20);

  public MemorySettings {
    try {
      Rules.namespace(defaultNamespace);
    } catch (Invalid e) {
      throw new InvalidSetting(
          "memory.default-namespace",
          "memory.default-namespace %s is no namespace: %s"
              .formatted(Rules.quote(defaultNamespace), e.getMessage()));
    }
    Range.check("memory.replaced-versions-max", replacedVersionsMax, 0, 10_000);
  }

  static MemorySettings of(Values values) {
    return new MemorySettings(
        values.text(Key.MEMORY_DEFAULT_NAMESPACE, DEFAULT.defaultNamespace),
        values.integer(Key.MEMORY_REPLACED_VERSIONS_MAX, DEFAULT.replacedVersionsMax));
  }
}
