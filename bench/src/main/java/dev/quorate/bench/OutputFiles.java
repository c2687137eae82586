package dev.quorate.bench;

import dev.quorate.bench.probe.CannotRun;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Refuses files that could not be written, before a run instead of after it.
final class OutputFiles {
  private OutputFiles() {}

  static @Nullable Path check(String option, @Nullable Path file) {
    if (file == null) return null;
    var folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder) || Files.isDirectory(file)) {
      throw new CannotRun(option + " must name a file in a folder that exists: " + file);
    }
    return file;
  }
}
