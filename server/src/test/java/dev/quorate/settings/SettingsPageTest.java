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
