package dev.quorate.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quorate.failure.NodeFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateAllowlistTest {
  private static final String PLAIN = "0123456789abcdef".repeat(4);

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"", "sha256:", "SHA256:"})
  void aFingerprintHasManySpellings(String prefix) throws IOException {
    var colons = PLAIN.replaceAll("(..)(?!$)", "$1:");
    for (var text : new String[] {PLAIN, PLAIN.toUpperCase(Locale.ROOT), colons}) {
      var list = read("# ours\n\n  " + prefix + text + "  # node b\n");
      assertThat(list.find(PLAIN)).contains(new CertificateAllowlist.Entry(""));
      assertThat(list.find(PLAIN.replace('0', '1'))).isEmpty();
    }
  }

  @Test
  void aCertificateCanBeBoundToAPeer() throws IOException {
    assertThat(read(PLAIN + "\thost:b # comment\n").find(PLAIN))
        .contains(new CertificateAllowlist.Entry("host:b"));
  }

  @Test
  void noneLetsNoneIn() {
    assertThat(CertificateAllowlist.none().find(PLAIN)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"01", "x", "sha1:0123456789abcdef0123456789abcdef01234567"})
  void anotherLineIsToldWithItsNumber(String line) throws IOException {
    assertThatThrownBy(() -> read("# head\n" + line + "\n"))
        .isInstanceOf(NodeFailure.class)
        .hasMessage(
            "line 2 of %s is not a SHA-256 fingerprint of 64 hexadecimal digits"
                .formatted(folder.resolve("list")));
  }

  @Test
  void aWrongBindingIsTold() {
    assertThatThrownBy(() -> read(PLAIN + " host b\n"))
        .hasMessageContaining("line 1")
        .hasMessageContaining("no peer id");
    assertThatThrownBy(() -> read(PLAIN + " host:a\n" + PLAIN + " host:b\n"))
        .hasMessageContaining("line 2")
        .hasMessageContaining("second peer");
  }

  @Test
  void aMissingFileIsToldWithItsSetting() {
    assertThatThrownBy(() -> CertificateAllowlist.read(folder.resolve("none")))
        .isInstanceOf(NodeFailure.class)
        .hasMessage("there is no file %s (tls.client-allowlist)".formatted(folder.resolve("none")));
  }

  private CertificateAllowlist read(String text) throws IOException {
    return CertificateAllowlist.read(Files.writeString(folder.resolve("list"), text));
  }
}
