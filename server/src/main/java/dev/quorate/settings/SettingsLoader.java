package dev.quorate.settings;

import dev.quorate.failure.NodeFailure;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the settings: defaults, then the file, then the environment, then the flags; what comes
/// later wins. The file is the one that `--config` or `QUORATE_CONFIG` names, else `quorate.toml`
/// in the data directory, if there is one.
public final class SettingsLoader {
  public static final String FILE_NAME = "quorate.toml";

  private static final String CONFIG_VARIABLE = "QUORATE_CONFIG";

  private final Map<String, String> environment;
  private final Path home;

  /// Reads for one user.
  ///
  /// @param environment the variables of the process
  /// @param home where `~` is
  public SettingsLoader(Map<String, String> environment, Path home) {
    this.environment = Map.copyOf(environment);
    this.home = home;
  }

  /// All settings, checked one by one and against each other.
  ///
  /// @throws NodeFailure with one sentence that names the setting, its limit, the value and where
  ///   it was given
  public Settings load(Flags flags) {
    var values = values(flags);
    try {
      var settings =
          new Settings(
              data(values),
              values.text(Key.NODE_ID),
              HttpSettings.of(values),
              StoreSettings.of(values),
              MemorySettings.of(values),
              TtlSettings.of(values),
              GcSettings.of(values));
      CrossChecks.check(settings);
      return settings;
    } catch (InvalidSetting e) {
      throw failure(values, e);
    }
  }

  /// The data directory alone, for commands that work on it without a node.
  ///
  /// @throws NodeFailure as [#load], but for the data directory and the file's form only
  public Path dataDirectory(Flags flags) {
    var values = values(flags);
    try {
      return data(values);
    } catch (InvalidSetting e) {
      throw failure(values, e);
    }
  }

  private Values values(Flags flags) {
    var above = new Values();
    putEnvironment(above);
    putFlags(above, flags);
    var values = new Values();
    putFile(values, above, flags);
    putEnvironment(values);
    putFlags(values, flags);
    return values;
  }

  private void putFile(Values values, Values above, Flags flags) {
    var named = flags.config() != null ? flags.config() : variable(CONFIG_VARIABLE);
    if (named != null) {
      var origin = flags.config() != null ? "--config" : CONFIG_VARIABLE;
      var file = path(named, origin);
      if (!Files.exists(file)) {
        throw new NodeFailure("there is no settings file %s (from %s)".formatted(file, origin));
      }
      SettingsFile.read(file, values);
      return;
    }
    try {
      var file = data(above).resolve(FILE_NAME);
      if (!Files.exists(file)) return;
      SettingsFile.read(file, values);
      if (values.origin(Key.DATA.text()).isPresent()) {
        throw new NodeFailure(
            "the settings file %s was found in the data directory and so cannot set data: use --data, QUORATE_DATA or --config"
                .formatted(file));
      }
    } catch (InvalidSetting e) {
      throw failure(above, e);
    }
  }

  private void putEnvironment(Values values) {
    for (var key : Key.values()) {
      var text = variable(key.environmentVariable());
      if (text != null) values.putText(key, text, key.environmentVariable());
    }
    // A misspelled limit that is silently ignored is worse than a refused start.
    for (var name : environment.keySet()) {
      if (name.matches("QUORATE_(HTTP|STORE|MEMORY|TTL|GC)_.*") && !isKnown(name)) {
        throw new NodeFailure("unknown setting in the environment: " + name);
      }
    }
  }

  private static boolean isKnown(String variable) {
    for (var key : Key.values()) {
      if (key.environmentVariable().equals(variable)) return true;
    }
    return false;
  }

  private static void putFlags(Values values, Flags flags) {
    putFlag(values, Key.DATA, flags.data(), "--data");
    putFlag(values, Key.NODE_ID, flags.nodeId(), "--node-id");
    putFlag(values, Key.HTTP_HOST, flags.host(), "--host");
    putFlag(values, Key.HTTP_PORT, flags.port(), "--port");
  }

  private static void putFlag(Values values, Key key, @Nullable String text, String flag) {
    if (text != null) values.putText(key, text, flag);
  }

  /// An empty variable counts as none, as container files often cannot leave one out.
  private @Nullable String variable(String name) {
    var text = environment.get(name);
    return text == null || text.isEmpty() ? null : text;
  }

  private Path data(Values values) {
    var text = values.text(Key.DATA, "~/.quorate");
    if (text.isBlank()) throw new InvalidSetting("data", "data must be a directory: ''");
    return path(text, values.origin("data").orElse("default"));
  }

  private Path path(String text, String origin) {
    try {
      var path = text.startsWith("~/") ? home.resolve(text.substring(2)) : Path.of(text);
      return path.toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      throw new NodeFailure("not a path: '%s' (from %s)".formatted(text, origin), e);
    }
  }

  private static NodeFailure failure(Values values, InvalidSetting e) {
    var origin = values.origin(e.key()).map(" (from %s)"::formatted).orElse("");
    return new NodeFailure(e.getMessage() + origin, e);
  }
}
