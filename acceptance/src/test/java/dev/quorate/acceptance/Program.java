package dev.quorate.acceptance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The command line program as a process of its own, run to its end.
final class Program {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path files;
  private final Map<String, String> environment = new HashMap<>();

  /// Runs commands.
  ///
  /// @param files a directory for what they print
  Program(Path files) {
    this.files = files;
  }

  void set(String variable, Object value) {
    environment.put(variable, value.toString());
  }

  /// How a command ended, and what it printed.
  record Ended(int exitCode, List<String> out, List<String> err) {}

  /// Runs one command. One that does not end in time is killed, and fails the test.
  Ended run(String... arguments) throws IOException, InterruptedException {
    var out = Files.createTempFile(files, "out", "");
    var err = Files.createTempFile(files, "err", "");
    var builder =
        new ProcessBuilder(command(arguments))
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("QUORATE_"));
    builder.environment().putAll(environment);
    var process = builder.start();
    try {
      if (!process.waitFor(PATIENCE)) {
        throw new AssertionError(
            "quorate %s did not end: %s%s"
                .formatted(List.of(arguments), Files.readString(out), Files.readString(err)));
      }
      return new Ended(process.exitValue(), lines(out), lines(err));
    } finally {
      process.destroyForcibly();
    }
  }

  private static List<String> command(String... arguments) {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.quorate.cli.Main"));
    command.addAll(List.of(arguments));
    return command;
  }

  private static List<String> lines(Path file) throws IOException {
    return Files.readAllLines(file, StandardCharsets.UTF_8);
  }
}
