package dev.quorate.bench.load;

/// From when to when a run goes, by its clock: start, end of the warm-up, and the end, which comes
/// earlier when so many requests were measured.
record Span(long startNanos, long warmNanos, long endNanos, long requestsMax) {
  /// A century, for runs that end by their number of requests.
  private static final long FOREVER_NANOS = Long.MAX_VALUE / 3;

  static Span of(Plan plan, long startNanos) {
    var warm = startNanos + plan.warmupNanos();
    return plan.requests() == 0
        ? new Span(startNanos, warm, warm + plan.durationNanos(), Long.MAX_VALUE)
        : new Span(startNanos, warm, warm + FOREVER_NANOS, plan.requests());
  }
}
