package dev.quorate.federation;

import dev.quorate.metrics.Meters;
import dev.quorate.quorum.Verdict;
import dev.quorate.replication.Outcome;
import java.util.function.Supplier;

/// What is counted of federation, under the names of wire.md 7 where it has one. Thread-safe.
public final class FederationMeters {
  private final Meters meters;

  public FederationMeters(Meters meters) {
    this.meters = meters;
  }

  /// @param size how many writes may be on their way to their quorum at once
  /// @param queued how many wait until they may be
  void admission(Supplier<Number> size, Supplier<Number> queued) {
    meters.gauge("quorate_quorum_window", "Writes that may be on their way to their quorum", size);
    meters.gauge("quorate_quorum_queued", "Writes that wait until they may be on it", queued);
  }

  void dropped(Outcome outcome) {
    var reason = outcome instanceof Outcome.IdDrift ? "id_drift" : "peer_fail";
    meters.count(
        "ai_memory_federation_fanout_dropped_total",
        "Pushes that a peer did not take",
        "reason",
        reason);
  }

  void retried(Outcome outcome) {
    var word =
        switch (outcome) {
          case Outcome.Held _ -> "ok";
          case Outcome.IdDrift _ -> "id_drift";
          case Outcome.Refused _,
              Outcome.OtherVersion _,
              Outcome.Replayed _,
              Outcome.Throttled _,
              Outcome.Unreachable _,
              Outcome.TimedOut _,
              Outcome.Failed _ ->
              "fail";
        };
    meters.count(
        "ai_memory_federation_fanout_retry_total",
        "Pushes that were sent a second time",
        "outcome",
        word);
  }

  void settled(Verdict verdict, int nodes) {
    switch (verdict) {
      case Verdict.Met met -> {
        meters.count(
            "quorate_quorum_total", "Writes by whether enough nodes hold them", "result", "met");
        if (met.nodes().size() < nodes) {
          meters.count(
              "ai_memory_federation_partial_quorum_total",
              "Writes that were answered before every node had them",
              "nodes",
              "some");
        }
      }
      case Verdict.NotMet missed ->
          meters.count(
              "quorate_quorum_total",
              "Writes by whether enough nodes hold them",
              "result",
              missed.reason().text());
    }
  }

  void sent(int bytes, int items) {
    meters.count("quorate_push_requests_total", "Pushes to peers", "direction", "out");
    meters.add("quorate_push_bytes_total", "Bytes of pushes to peers", bytes);
    meters.add("quorate_push_items_total", "Items of pushes to peers", items);
  }

  /// A row that only repair found: pushes and catch-up should have brought it.
  void foundByRepair(int items) {
    meters.add("quorate_repair_found_total", "Rows that only repair found", items);
  }

  void damaged(int items) {
    meters.add("quorate_damaged_total", "Rows whose hash was found wrong", items);
  }
}
