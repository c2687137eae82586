package dev.quorate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.http.transport.key.KeyFile;
import dev.quorate.http.transport.key.KeyHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyNewCommandTest {
  @TempDir Path directory;

  @Test
  void theKeyIsPrintedOnceAndOnlyItsHashIsKept() throws IOException {
    var data = directory.resolve("new");
    var terminal = new FakeTerminal();
    assertThat(terminal.run("key", "new", "laptop", "--data", data.toString())).isZero();
    var key = terminal.out().strip();
    var file = data.resolve("api-keys");
    assertThat(terminal.out()).hasLineCount(1);
    assertThat(terminal.err()).contains("laptop", "shown only this once").doesNotContain(key);
    assertThat(new KeyFile(file).hashes()).containsExactly(KeyHash.of(key));
    assertThat(Files.readString(file)).doesNotContain(key);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void keysWithoutANameAreNumbered() {
    var terminal = new FakeTerminal();
    for (var name : new String[] {"key-1", "key-2"}) {
      assertThat(terminal.run("key", "new", "--data", directory.toString())).isZero();
      assertThat(terminal.err()).contains(name);
    }
    assertThat(new KeyFile(directory.resolve("api-keys")).keys()).hasSize(2);
  }

  @Test
  void aNameIsTakenOnce() {
    var terminal = new FakeTerminal();
    terminal.run("key", "new", "laptop", "--data", directory.toString());
    assertThat(terminal.run("key", "new", "laptop", "--data", directory.toString())).isEqualTo(1);
    assertThat(terminal.out()).hasLineCount(1);
  }

  @Test
  void aKeyCanBeMadeBeforeAnOpenAddressIsAllowed() {
    var terminal =
        new FakeTerminal()
            .with("QUORATE_HTTP_HOST", "0.0.0.0")
            .with("QUORATE_DATA", directory.toString());
    assertThat(terminal.run("key", "new")).isZero();
    assertThat(directory.resolve("api-keys")).exists();
  }
}
