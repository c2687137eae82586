package dev.quorate.bench.load;

/// A client's permission to send one request, filled again for each.
final class Turn {
  /// Counts all requests of the run, the warm-up's included.
  long number;

  /// When the request should start; its latency is measured from here.
  long startNanos;

  /// Whether the request counts, or belongs to the warm-up.
  boolean measured;
}
