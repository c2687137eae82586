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
  private final Home home;

  /// Reads for one user.
  ///
  /// @param environment the variables of the process
  /// @param home where `~` is
  public SettingsLoader(Map<String, String> environment, Path home) {
    this.environment = Map.copyOf(environment);
    this.home = new Home(home);
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
              GcSettings.of(values),
              FederationSettings.of(values),
              TlsSettings.of(values),
              ApprovalSettings.of(values),
              GovernanceSettings.of(values),
              EmbeddingSettings.of(values),
              SubscriptionSettings.of(values),
              QuotaSettings.of(values));
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

  /// What a command needs that works on the data directory without a node.
  ///
  /// @throws NodeFailure as [#load], but for these settings and the file's form only
  public LocalSettings local(Flags flags) {
    var values = values(flags);
    try {
      return new LocalSettings(data(values), values.text(Key.NODE_ID), TlsSettings.of(values));
    } catch (InvalidSetting e) {
      throw failure(values, e);
    }
  }

  private Values values(Flags flags) {
    var above = new Values(home);
    putEnvironment(above);
    putFlags(above, flags);
    var values = new Values(home);
    putFile(values, above, flags);
    putEnvironment(values);
    putFlags(values, flags);
    return values;
  }

  private void putFile(Values values, Values above, Flags flags) {
    var typed = flags.text(Flag.CONFIG).orElse(null);
    var named = typed != null ? typed : variable(CONFIG_VARIABLE);
    if (named != null) {
      var origin = typed != null ? Flag.CONFIG.text() : CONFIG_VARIABLE;
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
      if (name.matches(
              "QUORATE_(HTTP|STORE|MEMORY|TTL|GC|FEDERATION|PEER|TLS|APPROVAL|GOVERNANCE|EMBEDDING|SUBSCRIPTIONS|QUOTA)_.*")
          && !isKnown(name)) {
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
    for (var flag : Flag.values()) {
      var key = flag.key();
      var text = flags.text(flag);
      if (key.isPresent() && text.isPresent()) {
        values.putText(key.get(), text.get(), flag.text());
      }
    }
  }

  /// An empty variable counts as none, as container files often cannot leave one out.
  private @Nullable String variable(String name) {
    var text = environment.get(name);
    return text == null || text.isEmpty() ? null : text;
  }

  private static Path data(Values values) {
    return values.path(Key.DATA, "~/.quorate");
  }

  private Path path(String text, String origin) {
    try {
      return home.resolve(text);
    } catch (InvalidPathException e) {
      throw new NodeFailure("not a path: '%s' (from %s)".formatted(text, origin), e);
    }
  }

  private static NodeFailure failure(Values values, InvalidSetting e) {
    var origin = values.origin(e.key()).map(" (from %s)"::formatted).orElse("");
    return new NodeFailure(e.getMessage() + origin, e);
  }
}
