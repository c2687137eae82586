package dev.quorate.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Holds `docs/settings.md` against the settings that exist.
class SettingsPageTest {
  private static final Pattern ROW =
      Pattern.compile("\\| `([a-z.-]+)` \\|.*\\| `(QUORATE_[A-Z_]+)` \\|");

  private static final Pattern PEER_ROW = Pattern.compile("\n\\| `peer\\.([a-z-]+)` \\|");
  private static final Pattern FLAG = Pattern.compile("\\| `(--[a-z-]+)` (?=\\|)");

  @Test
  void thePageHasEveryNameOfAPeerAndNoOther() throws IOException {
    assertThat(found(PEER_ROW)).containsExactlyInAnyOrderElementsOf(PeerTable.NAMES);
  }

  @Test
  void thePageHasEveryFlagAndNoOther() throws IOException {
    var flags = Arrays.stream(Flag.values()).map(Flag::text).toList();
    assertThat(found(FLAG)).containsExactlyInAnyOrderElementsOf(flags);
  }

  private static List<String> found(Pattern pattern) throws IOException {
    return pattern
        .matcher(Files.readString(Path.of("../docs/settings.md")))
        .results()
        .map(match -> match.group(1))
        .toList();
  }

  @Test
  void thePageHasEverySettingWithItsVariableAndNoOther() throws IOException {
    var rows =
        ROW.matcher(Files.readString(Path.of("../docs/settings.md")))
            .results()
            .map(row -> row.group(1) + " " + row.group(2))
            .toList();
    List<String> keys =
        Arrays.stream(Key.values())
            .map(key -> key.text() + " " + key.environmentVariable())
            .toList();
    assertThat(rows).containsExactlyInAnyOrderElementsOf(keys);
  }
}
