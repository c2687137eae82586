package dev.quorate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.store.sqlite.SqliteStore;
import dev.quorate.store.sqlite.StoreOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Export and backup.
class FileCommandsTest {
  @TempDir Path directory;
  private FakeNode node;
  private FakeTerminal terminal;
  private Path target;

  @BeforeEach
  void start() throws IOException {
    node = new FakeNode();
    terminal = new FakeTerminal().with("QUORATE_URL", node.url());
    target = directory.resolve("target");
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void anExportGoesToAFileThatOnlyItsOwnerCanRead() throws IOException {
    node.answers(200, "{\"memories\":[]}");
    assertThat(terminal.run("export", target.toString())).isZero();
    assertThat(node.only().target()).isEqualTo("/api/v1/export");
    assertThat(target).hasContent("{\"memories\":[]}");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target)))
        .isEqualTo("rw-------");
    assertThat(terminal.out()).isEqualTo("exported 15 bytes to " + target + "\n");
  }

  @Test
  void anExportGoesToStandardOutput() {
    node.answers(200, "{\"x\":\"é\u009b\"}");
    assertThat(terminal.run("export")).isZero();
    assertThat(terminal.out()).isEqualTo("{\"x\":\"é\\u009b\"}\n");
  }

  @Test
  void aFileThatExistsIsReplacedOnlyByForce() throws IOException {
    node.answers(200, "{}");
    Files.writeString(target, "precious");
    assertThat(terminal.run("export", target.toString())).isEqualTo(1);
    assertThat(terminal.err()).isEqualTo("quorate: " + target + " exists; --force replaces it\n");
    assertThat(target).hasContent("precious");
    assertThat(terminal.run("export", target.toString(), "--force")).isZero();
    assertThat(target).hasContent("{}");
  }

  @Test
  void aFailedExportLeavesNothing() {
    node.answers(500, "{\"error\":\"broken\"}");
    assertThat(terminal.run("export", target.toString())).isEqualTo(1);
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void aFolderThatIsNotThereIsOneLine() {
    node.answers(200, "{}");
    assertThat(terminal.run("export", directory.resolve("a/b").toString())).isEqualTo(1);
    assertThat(terminal.err()).startsWith("quorate: there is no file ").hasLineCount(1);
  }

  @Test
  void aBackupIsCheckedAndItsSizeShown() throws IOException {
    var store = storeFile();
    node.answers(200, Files.readAllBytes(store));
    assertThat(terminal.run("backup", target.toString())).isZero();
    assertThat(node.only().target()).isEqualTo("/api/v1/backup");
    assertThat(target).hasSameBinaryContentAs(store);
    assertThat(terminal.out())
        .isEqualTo("backed up %s to %s\n".formatted(Bytes.text(Files.size(store)), target));
  }

  @Test
  void aBackupThatIsNoStoreGetsNoName() throws IOException {
    var bytes = Files.readAllBytes(storeFile());
    Files.delete(storeFile());
    node.answers(200, Arrays.copyOf(bytes, bytes.length - 4096));
    assertThat(terminal.run("backup", target.toString())).isEqualTo(1);
    assertThat(terminal.err()).contains("is cut off").hasLineCount(1);
    assertThat(target).doesNotExist();
    assertThat(directory.resolve("target.part")).doesNotExist();
  }

  private Path storeFile() {
    var data = directory.resolve("data");
    SqliteStore.open(data, "host:test", StoreOptions.readers(1), InstantSource.system()).close();
    return data.resolve(SqliteStore.FILE_NAME);
  }
}
