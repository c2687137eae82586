package dev.quorate.cli;

import dev.quorate.settings.Flag;
import dev.quorate.settings.Flags;
import dev.quorate.settings.LocalSettings;
import dev.quorate.settings.SettingsLoader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which data directory a command works on.
final class DataOptions {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      order = 80,
      description = "The data directory (~/.quorate).")
  private @Nullable String data;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      order = 81,
      description = "Settings file that names it.")
  private @Nullable String config;

  LocalSettings settings(Terminal terminal) {
    var loader = new SettingsLoader(terminal.environment(), terminal.home());
    return loader.local(Flags.NONE.with(Flag.CONFIG, config).with(Flag.DATA, data));
  }
}
