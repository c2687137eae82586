package dev.quorate.identity;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/// Writing of small files as a whole: a reader or a crash meets the old one or the new one. Only
/// the user that runs the program can read them.
final class DurableFile {
  private DurableFile() {}

  /// Writes the file with mode 0600, making its folder with mode 0700 where there is none; on
  /// return it is durable.
  static void write(Path file, byte[] bytes) throws IOException {
    var folder = file.toAbsolutePath().getParent();
    if (folder == null) throw new IOException("it is a folder");
    makeFolder(folder);
    // A temporary file is made with mode 0600; said again for file systems that differ.
    var fresh = Files.createTempFile(folder, ".", ".new");
    try {
      Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
      Files.write(fresh, bytes);
      sync(fresh);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
      sync(folder);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  /// Deletes the file, durably. Returns whether it was there.
  static boolean delete(Path file) throws IOException {
    if (!Files.deleteIfExists(file)) return false;
    var folder = file.toAbsolutePath().getParent();
    if (folder != null) sync(folder);
    return true;
  }

  private static void makeFolder(Path folder) throws IOException {
    if (Files.isDirectory(folder)) return;
    var owner = PosixFilePermissions.fromString("rwx------");
    Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(owner));
  }

  private static void sync(Path fileOrFolder) throws IOException {
    try (var channel = FileChannel.open(fileOrFolder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
