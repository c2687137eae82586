package dev.quorate.node;

import dev.quorate.failure.NodeFailure;
import dev.quorate.settings.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The directory of everything that a node keeps, held by one process at a time.
final class DataDirectory implements AutoCloseable {
  private static final String NODE_ID_FILE = "node-id";
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

  /// The id of the node: the one that is set, or else the one it chose when it first started.
  String nodeId(@Nullable String set) {
    if (set != null) return set;
    var file = path.resolve(NODE_ID_FILE);
    try {
      var known = Files.exists(file) ? Files.readString(file).strip() : "";
      if (!known.isEmpty()) return known;
      var chosen = choose();
      // A kill in between must not leave half a name behind.
      var whole = Files.writeString(scratch().resolve(NODE_ID_FILE), chosen + "\n");
      Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
      return chosen;
    } catch (IOException e) {
      throw new NodeFailure(
          "The file %s cannot be read or written: %s".formatted(file, reason(e)), e);
    }
  }

  private static String choose() {
    var random = new byte[2];
    new SecureRandom().nextBytes(random);
    return "host:" + hostName() + "-" + HexFormat.of().formatHex(random);
  }

  private static String hostName() {
    try {
      var name = InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT);
      var plain = name.replaceAll("[^a-z0-9-]", "-");
      return plain.substring(0, Math.min(plain.length(), 64));
    } catch (UnknownHostException _) {
      return "unknown";
    }
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
