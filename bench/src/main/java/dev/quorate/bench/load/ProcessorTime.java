package dev.quorate.bench.load;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/// What a request costs the generator itself, so that nobody takes its cost for the server's.
final class ProcessorTime {
  private static final double NANOS_PER_MICRO = 1_000;

  private final long nanosBefore;
  private final long requestsBefore;

  private ProcessorTime(long nanos, long requests) {
    this.nanosBefore = nanos;
    this.requestsBefore = requests;
  }

  static ProcessorTime from(long requests) {
    return new ProcessorTime(nanos(), requests);
  }

  /// Microseconds of this process a request since the beginning; 0 without requests, or where the
  /// platform does not tell.
  double microsPerRequest(long requestsNow) {
    var requests = requestsNow - requestsBefore;
    var spent = nanos() - nanosBefore;
    return requests <= 0 || spent < 0 ? 0 : spent / NANOS_PER_MICRO / requests;
  }

  private static long nanos() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
        ? system.getProcessCpuTime()
        : -1;
  }
}
