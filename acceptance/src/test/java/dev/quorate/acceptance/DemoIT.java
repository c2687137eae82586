package dev.quorate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The story that a newcomer sees first.
class DemoIT {
  @TempDir Path files;
  @TempDir Path scratch;

  @Test
  void theDemoProvesThatNothingIsMissingAndLeavesNothingBehind() throws Exception {
    var program = new Program(files);
    program.set("JDK_JAVA_OPTIONS", "-Djava.io.tmpdir=" + scratch);
    var ended = program.run("demo");
    assertThat(ended.exitCode()).as(ended.toString()).isZero();
    assertThat(ended.out())
        .anyMatch(line -> line.contains("is killed with SIGKILL"))
        .anyMatch(line -> line.contains("has caught up while writes go on"))
        .anyMatch(line -> line.matches("All digests are equal; .* none is missing\\."));
    var digests =
        ended.out().stream()
            .filter(line -> line.contains("digest of node-"))
            .map(line -> line.replaceAll(".* ", ""))
            .toList();
    assertThat(digests).hasSize(3).allMatch(digests.getFirst()::equals);
    for (var lane :
        new String[] {
          "store",
          "update",
          "link",
          "unlink",
          "archive",
          "restore",
          "bulk of",
          "consolidate",
          "delete",
          "standard set",
          "governed store",
          "approval",
          "standard cleared",
          "notify"
        }) {
      assertThat(ended.out()).anyMatch(line -> line.strip().startsWith(lane + " "));
    }
    try (var left = Files.list(scratch)) {
      assertThat(left).isEmpty();
    }
    assertThat(ProcessHandle.allProcesses().map(handle -> handle.info().commandLine().orElse("")))
        .noneMatch(command -> command.contains(scratch.toString()));
  }
}
