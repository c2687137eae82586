package dev.quorate.acceptance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A file system of a few MiB, in memory. To make one takes the rights of root.
final class SmallDisk implements AutoCloseable {
  private final Path folder;

  private SmallDisk(Path folder) {
    this.folder = folder;
  }

  static SmallDisk mount(Path folder, int mebibytes) throws IOException {
    Files.createDirectories(folder);
    run("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "quorate", folder.toString());
    return new SmallDisk(folder);
  }

  Path folder() {
    return folder;
  }

  void makeReadOnly() throws IOException {
    run("mount", "-o", "remount,ro", folder.toString());
  }

  /// The file by which [#fill] takes all space.
  Path ballast() {
    return folder.resolve("ballast");
  }

  /// Writes until nothing more fits. Returns the file that takes all space.
  // A look at the space that is left would tell nothing: whoever else writes there may take it.
  Path fill() throws IOException {
    var ballast = ballast();
    var block = new byte[4096];
    try (var out = Files.newOutputStream(ballast)) {
      while (true) out.write(block);
    } catch (IOException full) {
      if (Files.size(ballast) < block.length) throw full;
    }
    return ballast;
  }

  private static void run(String... command) throws IOException {
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    // Its output has ended, and with it the process.
    if (process.onExit().join().exitValue() != 0) {
      throw new AssertionError(
          "this test mounts a small file system, as root: %s: %s"
              .formatted(String.join(" ", List.of(command)), output));
    }
  }

  @Override
  public void close() throws IOException {
    run("umount", "--lazy", folder.toString());
  }
}
