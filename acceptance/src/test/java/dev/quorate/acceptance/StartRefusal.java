package dev.quorate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A node that cannot serve: it ends with exit code 1 and one sentence for its operator.
final class StartRefusal {
  private StartRefusal() {}

  /// Starts a node that must not come up, and returns its one sentence.
  static String of(Path files, Path data, String... more) throws Exception {
    var arguments = new ArrayList<>(List.of("serve", "--data", data.toString()));
    if (!List.of(more).contains("--port")) arguments.addAll(List.of("--port", "0"));
    arguments.addAll(List.of(more));
    return sentence(new Program(files).run(arguments.toArray(String[]::new)));
  }

  static String sentence(Program.Ended ended) {
    assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(1);
    assertThat(ended.out()).noneMatch(line -> line.contains("listening on"));
    // What went well before is logged in lines of their own.
    var lines = ended.err().stream().filter(line -> !line.matches("20\\S+Z INFO  .*")).toList();
    assertThat(lines).as(ended.toString()).hasSize(1);
    var sentence = lines.getFirst();
    assertThat(sentence)
        .startsWith("quorate: ")
        .doesNotContain("Exception")
        .doesNotContain("dev.quorate")
        .doesNotContain("internal error");
    return sentence;
  }
}
