package dev.quorate.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// How a run of the launcher ended, and what it printed.
record LauncherRun(long process, int exitCode, List<String> out, List<String> err) {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /// A run that may not have ended.
  record Started(Process process, Path out, Path err) {
    List<String> outSoFar() {
      return linesOf(out);
    }

    List<String> errSoFar() {
      return linesOf(err);
    }

    LauncherRun end() throws Exception {
      if (!process.waitFor(PATIENCE)) {
        process.destroyForcibly();
        throw new AssertionError("the launcher has not ended: " + errSoFar());
      }
      return new LauncherRun(process.pid(), process.exitValue(), outSoFar(), errSoFar());
    }
  }

  static List<String> linesOf(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
