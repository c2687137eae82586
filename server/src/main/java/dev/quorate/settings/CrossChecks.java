package dev.quorate.settings;

import dev.quorate.failure.NodeFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// The rules between settings, and between settings and what lies in the data directory.
final class CrossChecks {
  private CrossChecks() {}

  static void check(Settings settings) {
    var http = settings.http();
    if (!http.isLoopback() && http.apiKey() == null && !hasKeys(settings.keyFile())) {
      throw new InvalidSetting(
          "http.host",
          "http.host '%s' lets other machines in, which needs an API key: make one with ./quorate key new, or set http.api-key"
              .formatted(http.host()));
    }
  }

  /// Whether a key file has a line that is neither empty nor a comment; what is wrong with such a
  /// line is told by whoever uses the keys.
  private static boolean hasKeys(Path file) {
    try (var lines = Files.lines(file)) {
      return lines.map(String::strip).anyMatch(line -> !line.isEmpty() && !line.startsWith("#"));
    } catch (NoSuchFileException _) {
      return false;
    } catch (IOException e) {
      throw new NodeFailure("cannot read the key file %s: %s".formatted(file, e.getMessage()), e);
    }
  }
}
