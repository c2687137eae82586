package dev.quorate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.testkit.TestNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Data directories that a node cannot write.
class UnwritableIT {
  @TempDir Path folder;
  @TempDir Path files;

  @Test
  void aReadOnlyFileSystemIsRefused() throws Exception {
    try (var disk = SmallDisk.mount(folder.resolve("disk"), 8)) {
      var used = disk.folder().resolve("used");
      try (var node = TestNode.start(used)) {
        Fixture.fill(node.client());
      }
      disk.makeReadOnly();
      assertThat(StartRefusal.of(files, used)).contains(used.toString(), "cannot be written");
      var fresh = disk.folder().resolve("fresh");
      assertThat(StartRefusal.of(files, fresh)).contains(fresh.toString(), "cannot be written");
    }
  }

  @Test
  void aFileInThePlaceOfTheDirectoryIsRefused() throws Exception {
    var file = Files.writeString(folder.resolve("file"), "mine");
    assertThat(StartRefusal.of(files, file)).contains(file.toString());
    assertThat(StartRefusal.of(files, file.resolve("data"))).contains(file.toString());
    assertThat(file).hasContent("mine");
  }
}
