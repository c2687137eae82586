package dev.quorate.http.transport.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quorate.failure.NodeFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFileTest {
  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @TempDir private Path folder;

  @Test
  void aKeyIs256RandomBits() {
    var texts = new HashSet<String>();
    for (var i = 0; i < 100; i++) texts.add(ApiKey.generate().text());
    assertThat(texts).hasSize(100).allMatch(text -> text.matches("qk_[A-Za-z0-9_-]{43}"));
  }

  @Test
  void aHashIsTheSha256OfTheText() {
    assertThat(KeyHash.of("abc").hex()).isEqualTo(ABC);
    assertThat(KeyHash.of("abc").bytes()).isEqualTo(KeyHash.digest("abc")).hasSize(32);
    assertThatThrownBy(() -> new KeyHash(ABC.substring(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aKeyShowsNeitherItselfNorItsHash() {
    var key = ApiKey.generate();
    var named = new NamedKey("laptop", key.hash());
    for (var shown : List.of(key.toString(), key.hash().toString(), named.toString())) {
      assertThat(shown).doesNotContain(key.text(), key.hash().hex());
    }
  }

  @Test
  void whatIsAddedIsRead() throws IOException {
    var path = folder.resolve("keys");
    var file = new KeyFile(path);
    assertThat(file.keys()).isEmpty();
    var first = new NamedKey("laptop", ApiKey.generate().hash());
    var second = new NamedKey("ci@work", ApiKey.generate().hash());
    file.add(first);
    Files.writeString(path, Files.readString(path) + "\n# revoke in May\n");
    file.add(second);
    assertThat(file.keys()).containsExactly(first, second);
    assertThat(file.hashes()).containsExactlyInAnyOrder(first.hash(), second.hash());
    assertThat(Files.readString(path)).contains("# revoke in May");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rw-------");
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(path);
    }
  }

  @Test
  void aNameIsTakenOnce() {
    var file = new KeyFile(folder.resolve("keys"));
    file.add(new NamedKey("laptop", ApiKey.generate().hash()));
    assertThatThrownBy(() -> file.add(new NamedKey("laptop", ApiKey.generate().hash())))
        .isInstanceOf(NodeFailure.class)
        .hasMessageEndingWith("has a key of this name: laptop");
    assertThat(file.keys()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "secret",
        "sha256:abc laptop",
        "sha256:" + ABC,
        "sha256:" + ABC + " two words",
        "sha1:" + ABC + " laptop"
      })
  void aBrokenLineIsNamedByItsNumberOnly(String line) throws IOException {
    var path = folder.resolve("keys");
    Files.writeString(path, "# keys\n\n" + line + "\n");
    assertThatThrownBy(() -> new KeyFile(path).keys())
        .isInstanceOf(NodeFailure.class)
        .hasMessage("line 3 of the key file " + path + " is not sha256:<hex> <name>");
  }

  @Test
  void aFolderIsNoKeyFile() {
    assertThatThrownBy(() -> new KeyFile(folder).keys())
        .isInstanceOf(NodeFailure.class)
        .hasMessageContaining("cannot be read");
  }

  @Test
  void aFolderThatIsMissingIsNamed() {
    var file = new KeyFile(folder.resolve("missing/keys"));
    assertThatThrownBy(() -> file.add(new NamedKey("a", KeyHash.of("abc"))))
        .isInstanceOf(NodeFailure.class)
        .hasMessageContaining("cannot be written");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "two words", "a\nb", "ä"})
  void aNameIsOneWord(String name) {
    assertThat(NamedKey.isName(name)).isFalse();
    assertThatThrownBy(() -> new NamedKey(name, KeyHash.of("abc")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
