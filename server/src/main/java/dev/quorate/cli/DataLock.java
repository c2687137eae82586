package dev.quorate.cli;

import dev.quorate.settings.Settings;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// The lock that a running node holds on its data directory, held by a command that must be alone.
final class DataLock implements AutoCloseable {
  private final FileChannel channel;

  private DataLock(FileChannel channel) {
    this.channel = channel;
  }

  /// Takes the lock of a directory that exists, or fails at once.
  ///
  /// @param doing what the directory is needed for, as it follows "before"
  static DataLock take(Path directory, String doing) throws IOException {
    var channel =
        FileChannel.open(
            directory.resolve(Settings.LOCK_FILE),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE);
    if (tryLock(channel) != null) return new DataLock(channel);
    channel.close();
    throw CommandFailure.failed(
        "a node is running on %s; stop it before %s".formatted(directory, doing));
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException _) {
      return null;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
