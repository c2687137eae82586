package dev.quorate.store.sqlite;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A JVM of its own that runs a main class of the tests, for what must not happen to this one.
final class ChildProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;

  private ChildProcess(Process process) {
    this.process = process;
    this.output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /// The command that runs `main` with this JVM and class path.
  ///
  /// @param scratch where native libraries are unpacked; a killed JVM leaves them behind
  static List<String> command(Path scratch, Class<?> main, String... arguments) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            "-Xmx256m",
            "--enable-native-access=ALL-UNNAMED",
            "-Dorg.sqlite.tmpdir=" + scratch,
            "-cp",
            System.getProperty("java.class.path"),
            main.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  static ChildProcess start(List<String> command) {
    try {
      return new ChildProcess(
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The next `count` lines, fewer where the process ends before.
  List<String> lines(int count) {
    var lines = new ArrayList<String>();
    try {
      while (lines.size() < count) {
        var line = wholeLine();
        if (line.isEmpty()) break;
        lines.add(line.get());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return lines;
  }

  /// A line that has its end; what a killed process began to say does not count.
  private Optional<String> wholeLine() throws IOException {
    var line = new StringBuilder();
    for (var c = output.read(); c != '\n'; c = output.read()) {
      if (c < 0) return Optional.empty();
      line.append((char) c);
    }
    return Optional.of(line.toString());
  }

  /// All lines until the process ends.
  List<String> rest() {
    return lines(Integer.MAX_VALUE);
  }

  /// Ends it as a power cut would: with SIGKILL, wherever it is.
  void kill() {
    // Not by the process itself, which would close the pipe with what is still in it.
    process.toHandle().destroyForcibly();
  }

  int exitCode() {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    kill();
    exitCode();
  }
}
