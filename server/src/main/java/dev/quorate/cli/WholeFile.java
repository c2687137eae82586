package dev.quorate.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.function.Consumer;

/// A file that appears under its name only when all of it is there, checked, and on disk. Memories
/// can be secrets, so only its owner can read it.
final class WholeFile {
  private WholeFile() {}

  /// Writes `content` to `file` by way of `FILE.part`. Returns how many bytes it has.
  ///
  /// @param check throws if what was written should not get the name
  static long write(Path file, boolean replace, InputStream content, Consumer<Path> check)
      throws IOException {
    if (Files.exists(file) && !replace) {
      throw CommandFailure.failed(file + " exists; --force replaces it");
    }
    if (Files.isDirectory(file)) throw CommandFailure.failed(file + " is a directory");
    var part = file.resolveSibling(file.getFileName() + ".part");
    try {
      var bytes = copy(content, part);
      check.accept(part);
      move(part, file);
      return bytes;
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /// Copies to a new file that only its owner can read; on return it is on disk.
  static long copy(InputStream content, Path to) throws IOException {
    Files.deleteIfExists(to);
    var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (var channel = FileChannel.open(to, options, ownerOnly());
        OutputStream out = Channels.newOutputStream(channel)) {
      var bytes = content.transferTo(out);
      channel.force(true);
      return bytes;
    }
  }

  /// Gives a file its name, in the place of whatever had it; on return this is on disk.
  static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    try (var folder = FileChannel.open(parent(to), StandardOpenOption.READ)) {
      folder.force(true);
    }
  }

  private static Path parent(Path file) {
    var parent = file.toAbsolutePath().getParent();
    return parent == null ? file.getRoot() : parent;
  }

  private static FileAttribute<?>[] ownerOnly() {
    if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      return new FileAttribute<?>[0];
    }
    return new FileAttribute<?>[] {
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
    };
  }
}
