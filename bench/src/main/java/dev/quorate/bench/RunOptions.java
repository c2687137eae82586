package dev.quorate.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The seed, what is shown, and what counts as a failure.
final class RunOptions {
  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "The same seed sends the same texts [${DEFAULT-VALUE}].")
  private long seed = 1;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the report as JSON too.")
  private @Nullable Path json;

  @Option(
      names = "--progress",
      description = "A progress line a second even if standard error is no terminal.")
  private boolean progress;

  @Option(
      names = "--failures-max",
      paramLabel = "N",
      description = "Exit with 1 when more requests fail [${DEFAULT-VALUE}].")
  private long failuresMax;

  @Option(
      names = "--accept-status",
      paramLabel = "STATUS",
      split = ",",
      description = "Count this status as a success too.")
  private List<Integer> acceptStatuses = new ArrayList<>();

  long seed() {
    return seed;
  }

  /// Where the JSON report goes, if anywhere.
  @Nullable Path json() {
    return OutputFiles.check("--json", json);
  }

  boolean progress() {
    return progress;
  }

  long failuresMax() {
    return Ranges.check("--failures-max", failuresMax, 0, Long.MAX_VALUE);
  }

  Set<Integer> acceptedStatuses() {
    for (var status : acceptStatuses) Ranges.check("--accept-status", status, 200, 599);
    return Set.copyOf(acceptStatuses);
  }
}
