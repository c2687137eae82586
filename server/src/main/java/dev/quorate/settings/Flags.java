package dev.quorate.settings;

import org.jspecify.annotations.Nullable;

/// Settings given on the command line, as they were typed; absent where none was.
///
/// @param config the settings file to read instead of `quorate.toml` in the data directory
public record Flags(
    @Nullable String config,
    @Nullable String data,
    @Nullable String nodeId,
    @Nullable String host,
    @Nullable String port) {

  public static final Flags NONE = new Flags(null, null, null, null, null);

  /// Only a data directory.
  public static Flags data(@Nullable String config, @Nullable String data) {
    return new Flags(config, data, null, null, null);
  }
}
