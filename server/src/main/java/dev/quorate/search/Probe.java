package dev.quorate.search;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Whether a directory takes new files at this time.
final class Probe {
  private static final String NAME = "write.probe";
  private static final int BYTES = 256 * 1024;

  private Probe() {}

  /// Writes a small file and deletes it again.
  static boolean writable(Path directory) {
    var file = directory.resolve(NAME);
    try {
      try (var channel =
          FileChannel.open(
              file,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        var block = ByteBuffer.allocate(BYTES);
        while (block.hasRemaining()) channel.write(block);
        channel.force(true);
      } finally {
        Files.deleteIfExists(file);
      }
      return true;
    } catch (IOException _) {
      return false;
    }
  }
}
