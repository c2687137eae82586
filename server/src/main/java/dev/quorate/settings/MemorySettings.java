package dev.quorate.settings;

import dev.quorate.failure.RequestFailure.Invalid;
import dev.quorate.memory.Rules;

/// Table `[memory]`: what a memory gets that does not say.
///
/// @param defaultNamespace where a memory goes that names no namespace
public record MemorySettings(String defaultNamespace) {
  public static final MemorySettings DEFAULT = new MemorySettings("global");

  public MemorySettings {
    try {
      Rules.namespace(defaultNamespace);
    } catch (Invalid e) {
      throw new InvalidSetting(
          "memory.default-namespace",
          "memory.default-namespace %s is no namespace: %s"
              .formatted(Rules.quote(defaultNamespace), e.getMessage()));
    }
  }

  static MemorySettings of(Values values) {
    return new MemorySettings(values.text(Key.MEMORY_DEFAULT_NAMESPACE, DEFAULT.defaultNamespace));
  }
}
