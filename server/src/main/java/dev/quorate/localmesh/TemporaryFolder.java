package dev.quorate.localmesh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/// A new folder that is deleted with all that is in it.
public final class TemporaryFolder implements AutoCloseable {
  private final Path path;

  public TemporaryFolder(String name) throws IOException {
    this.path = Files.createTempDirectory(name);
  }

  public Path path() {
    return path;
  }

  @Override
  public void close() {
    try (var entries = Files.walk(path)) {
      for (var entry : entries.sorted(Comparator.reverseOrder()).toList()) Files.delete(entry);
    } catch (IOException e) {
      throw new UncheckedIOException("%s could not be deleted".formatted(path), e);
    }
  }
}
