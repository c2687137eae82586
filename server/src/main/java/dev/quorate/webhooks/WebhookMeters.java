package dev.quorate.webhooks;

import dev.quorate.metrics.Meters;

/// Counts what became of events (api.md 1.7).
final class WebhookMeters {
  private static final String DISPATCHED = "ai_memory_webhook_dispatched_total";
  private static final String FAILED = "ai_memory_webhook_failed_total";

  private final Meters meters;

  WebhookMeters(Meters meters) {
    this.meters = meters;
    // Both are there from the start, so that a rise can be told from a beginning.
    add(DISPATCHED, 0);
    add(FAILED, 0);
  }

  /// An event was acknowledged.
  void dispatched() {
    add(DISPATCHED, 1);
  }

  /// An event was given up.
  void failed() {
    add(DISPATCHED, 1);
    add(FAILED, 1);
  }

  private void add(String name, int amount) {
    var what = name.equals(FAILED) ? "given up" : "acknowledged, or given up";
    meters.add(name, "Events that were " + what, amount);
  }
}
