package dev.quorate.cli;

import org.jspecify.annotations.Nullable;

/// What this program is called and which one it is.
final class Program {
  private Program() {}

  /// The version in the program's archive; `development` when it runs from class files.
  static String version() {
    @Nullable String version = Program.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
