package dev.quorate.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Holds `docs/metrics.md` to the names in the sources. What Prometheus puts behind them is left
/// out on both sides.
class MetricsPageTest {
  private static final Path SOURCES = Path.of("src/main/java/dev/quorate");
  private static final Pattern NAMED =
      Pattern.compile("\"((?:quorate|ai_memory|jvm|process)_[a-z_]+)\"");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z_]+)` \\|");
  private static final Pattern ENDING =
      Pattern.compile("(_total|_seconds|_pending|_done|_failed|_)$");

  @Test
  void thePageHasEveryMetricAndNoOther() throws IOException {
    var page = Files.readString(Path.of("../docs/metrics.md"));
    assertThat(found(ROW, page)).hasSizeGreaterThan(20).isEqualTo(inSources());
  }

  private static Set<String> inSources() throws IOException {
    var names = new TreeSet<String>();
    try (var files = Files.walk(SOURCES)) {
      for (var file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        names.addAll(found(NAMED, Files.readString(file)));
      }
    }
    return names;
  }

  private static Set<String> found(Pattern pattern, String text) {
    var names = new TreeSet<String>();
    pattern
        .matcher(text)
        .results()
        .forEach(match -> names.add(ENDING.matcher(match.group(1)).replaceFirst("")));
    return names;
  }
}
