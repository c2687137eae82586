package dev.quorate.bench.load;

import dev.quorate.bench.wire.Endpoint;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// How hard and how long a run drives which servers.
///
/// @param ratePerSecond the rate of an open loop; 0 for a closed loop
/// @param requests how many requests are measured; 0 where the duration ends the run
/// @param acceptedStatuses statuses that count as success beside the expected one
public record Plan(
    List<Endpoint> endpoints,
    @Nullable String apiKey,
    int clients,
    double ratePerSecond,
    int warmupSeconds,
    int durationSeconds,
    long requests,
    int timeoutSeconds,
    Set<Integer> acceptedStatuses) {
  public static final int CLIENTS_MAX = 4_096;
  public static final int RATE_MAX = 1_000_000;

  public Plan {
    endpoints = List.copyOf(endpoints);
    acceptedStatuses = Set.copyOf(acceptedStatuses);
  }

  public boolean isOpenLoop() {
    return ratePerSecond > 0;
  }

  long warmupNanos() {
    return TimeUnit.SECONDS.toNanos(warmupSeconds);
  }

  long durationNanos() {
    return TimeUnit.SECONDS.toNanos(durationSeconds);
  }

  long timeoutNanos() {
    return TimeUnit.SECONDS.toNanos(timeoutSeconds);
  }
}
