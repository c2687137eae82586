package dev.quorate.bench.load;

import org.HdrHistogram.AbstractHistogram;

/// How long successful requests took, in microseconds; all 0 where there were none.
public record Latency(double mean, double p50, double p95, double p99, double p999, double max) {
  private static final double NANOS_PER_MICRO = 1_000;

  static Latency of(AbstractHistogram nanos) {
    if (nanos.getTotalCount() == 0) return new Latency(0, 0, 0, 0, 0, 0);
    return new Latency(
        nanos.getMean() / NANOS_PER_MICRO,
        nanos.getValueAtPercentile(50) / NANOS_PER_MICRO,
        nanos.getValueAtPercentile(95) / NANOS_PER_MICRO,
        nanos.getValueAtPercentile(99) / NANOS_PER_MICRO,
        nanos.getValueAtPercentile(99.9) / NANOS_PER_MICRO,
        nanos.getMaxValue() / NANOS_PER_MICRO);
  }
}
