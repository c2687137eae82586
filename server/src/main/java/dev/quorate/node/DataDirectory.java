package dev.quorate.node;

import dev.quorate.failure.NodeFailure;
import dev.quorate.identity.NodeId;
import dev.quorate.identity.NodeKey;
import dev.quorate.identity.PublicKey;
import dev.quorate.settings.Settings;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// The directory of everything that a node keeps, held by one process at a time.
final class DataDirectory implements AutoCloseable {
  private static final String SCRATCH = "scratch";

  private final Path path;
  private final FileChannel channel;
  private final FileLock lock;

  private DataDirectory(Path path, FileChannel channel, FileLock lock) {
    this.path = path;
    this.channel = channel;
    this.lock = lock;
  }

  /// Creates the directory where needed, and takes it for this process.
  ///
  /// @throws NodeFailure when another process holds it, or it cannot be written
  static DataDirectory take(Path path) {
    try {
      Files.createDirectories(path);
      var file = path.resolve(Settings.LOCK_FILE);
      var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      var lock = tryLock(channel);
      if (lock == null) {
        channel.close();
        throw new NodeFailure(
            "The data directory %s is in use by another node; stop it, or start this one with another --data"
                .formatted(path));
      }
      var directory = new DataDirectory(path, channel, lock);
      directory.clearScratch();
      return directory;
    } catch (IOException e) {
      throw new NodeFailure(
          "The data directory %s cannot be written: %s".formatted(path, reason(e)), e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException _) {
      // A node of this very process holds it.
      return null;
    }
  }

  private static String reason(IOException e) {
    var detail = e.getMessage() == null ? "" : ", " + e.getMessage();
    return e.getClass().getSimpleName().replace("Exception", "") + detail;
  }

  Path path() {
    return path;
  }

  /// A directory for files that need not outlive this process.
  Path scratch() {
    return path.resolve(SCRATCH);
  }

  private void clearScratch() throws IOException {
    Files.createDirectories(scratch());
    try (var left = Files.newDirectoryStream(scratch())) {
      for (var file : left) Files.deleteIfExists(file);
    }
  }

  /// The key of the node, made when it first starts.
  NodeKey nodeKey() {
    return NodeKey.findOrMake(path);
  }

  /// The id of the node: the one that is set, or else the one it chose when it first started.
  String nodeId(@Nullable String set, PublicKey key) {
    return NodeId.findOrChoose(path, set, key);
  }

  @Override
  public void close() {
    try {
      lock.release();
      channel.close();
    } catch (IOException e) {
      throw new NodeFailure("The lock of %s could not be given back".formatted(path), e);
    }
  }
}
