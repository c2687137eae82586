package dev.quorate.bench;

import dev.quorate.bench.load.Plan;
import dev.quorate.bench.probe.CannotRun;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How hard and how long.
final class LoopOptions {
  private static final int SECONDS_MAX = 7 * 24 * 3_600;
  private static final int DURATION_SECONDS_DEFAULT = 30;

  @Option(
      names = "--clients",
      paramLabel = "N",
      description = "Clients, each with one request at a time [${DEFAULT-VALUE}].")
  private int clients = 64;

  @Option(
      names = "--rate",
      paramLabel = "R",
      description =
          "Open loop: start R requests a second and measure latency from the intended start,"
              + " however late the server made it. Without: closed loop.")
  private @Nullable Double rate;

  @Option(
      names = "--warmup",
      paramLabel = "SECONDS",
      description = "Load before anything is measured [${DEFAULT-VALUE}].")
  private int warmupSeconds = 5;

  @Option(
      names = "--duration",
      paramLabel = "SECONDS",
      description = "How long to measure [" + DURATION_SECONDS_DEFAULT + "].")
  private @Nullable Integer durationSeconds;

  @Option(
      names = "--requests",
      paramLabel = "N",
      description = "Measure so many requests instead of a duration.")
  private @Nullable Long requests;

  Plan plan(ServerOptions server, Set<Integer> acceptedStatuses) {
    if (durationSeconds != null && requests != null) {
      throw new CannotRun("give --duration or --requests, not both");
    }
    var duration = durationSeconds == null ? DURATION_SECONDS_DEFAULT : durationSeconds;
    return new Plan(
        server.endpoints(),
        server.apiKey(),
        Ranges.check("--clients", clients, 1, Plan.CLIENTS_MAX),
        ratePerSecond(),
        Ranges.check("--warmup", warmupSeconds, 0, SECONDS_MAX),
        requests == null ? Ranges.check("--duration", duration, 1, SECONDS_MAX) : 0,
        requests == null ? 0 : Ranges.check("--requests", requests, 1, Long.MAX_VALUE / 4),
        server.timeoutSeconds(),
        acceptedStatuses);
  }

  private double ratePerSecond() {
    if (rate == null) return 0;
    if (!(rate >= 0.01 && rate <= Plan.RATE_MAX)) {
      throw new CannotRun("--rate must be 0.01..%d a second: %s".formatted(Plan.RATE_MAX, rate));
    }
    return rate;
  }
}
