package dev.quorate.settings;

import java.nio.file.Path;

/// The directory that `~` stands for.
record Home(Path directory) {
  /// The absolute path that a text means; relative ones begin where the program was started.
  ///
  /// @throws java.nio.file.InvalidPathException when the text is none
  Path resolve(String text) {
    var path = text.startsWith("~/") ? directory.resolve(text.substring(2)) : Path.of(text);
    return path.toAbsolutePath().normalize();
  }
}
