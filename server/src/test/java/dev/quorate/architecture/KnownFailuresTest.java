package dev.quorate.architecture;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Holds `docs/internals/known-failures.md` to the tests that it names.
class KnownFailuresTest {
  private static final Path PAGE = Path.of("../docs/internals/known-failures.md");
  private static final List<String> MODULES =
      List.of("server", "testkit", "acceptance", "bench", "launcher");
  private static final Pattern NAMED = Pattern.compile("`(\\w+)#(\\w+)`");
  private static final Pattern PART = Pattern.compile("(?m)^## ");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\d+) \\|.*\\|$");

  private static String page() throws IOException {
    return Files.readString(PAGE);
  }

  /// The sources of all tests by the names of their classes.
  private static Map<String, String> tests() throws IOException {
    var files = new ArrayList<Path>();
    for (var module : MODULES) {
      var folder = Path.of("..", module, "src", "test", "java");
      if (!Files.isDirectory(folder)) continue;
      try (var all = Files.walk(folder)) {
        all.filter(file -> file.toString().endsWith(".java"))
            .filter(file -> !file.endsWith("package-info.java"))
            .forEach(files::add);
      }
    }
    return files.stream()
        .collect(toMap(KnownFailuresTest::name, KnownFailuresTest::text, String::concat));
  }

  private static String name(Path file) {
    return file.getFileName().toString().replace(".java", "");
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void everyTestThatThePageNamesExists() throws IOException {
    var tests = tests();
    var named = NAMED.matcher(page());
    var missing = new ArrayList<String>();
    var count = 0;
    while (named.find()) {
      count++;
      var source = tests.getOrDefault(named.group(1), "");
      // Between the annotation and the method there may be others, and their values.
      var method =
          Pattern.compile(
              "@(Test|ParameterizedTest|EachSeed|ArchTest)\\b[^;{}]*(\\{[^{}]*\\}[^;{}]*)?void "
                  + named.group(2)
                  + "\\(");
      if (!method.matcher(source).find()) missing.add(named.group());
    }
    assertThat(missing).isEmpty();
    assertThat(count).isGreaterThan(68);
  }

  @Test
  void noRowIsLeftOut() throws IOException {
    var parts = PART.splitAsStream(page()).toList();
    assertThat(parts).hasSize(3);
    assertThat(rows(parts.get(1))).containsExactlyElementsOf(upTo(52));
    assertThat(rows(parts.get(2))).containsExactlyElementsOf(upTo(16));
  }

  private static List<Integer> rows(String part) {
    return ROW.matcher(part).results().map(row -> Integer.valueOf(row.group(1))).toList();
  }

  private static List<Integer> upTo(int last) {
    return IntStream.rangeClosed(1, last).boxed().toList();
  }

  @Test
  void everyRowNamesATestOrSaysWhyThereIsNone() throws IOException {
    for (var row : ROW.matcher(page()).results().toList()) {
      var cells = row.group();
      var last = cells.substring(cells.lastIndexOf('|', cells.length() - 2));
      assertThat(
              NAMED.matcher(last).find()
                  || last.contains("not tested")
                  || last.contains("not built"))
          .as(row.group())
          .isTrue();
    }
  }
}
