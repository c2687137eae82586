package dev.quorate.bench.load;

import java.util.List;
import java.util.SortedMap;

/// What a run measured, the warm-up left out.
///
/// @param interrupted whether the run was stopped before its end
/// @param seconds how long it was measured
/// @param unsent how many requests of an open loop never got their turn, because the server was too
///   far behind
/// @param cpuMicrosPerRequest the processor time of the generator itself; 0 where it is unknown
public record Figures(
    boolean interrupted,
    double seconds,
    long succeeded,
    long failed,
    long unsent,
    Latency latency,
    List<Operated> operations,
    SortedMap<Integer, Long> statuses,
    List<Failed> failures,
    List<Node> nodes,
    List<Second> timeline,
    double cpuMicrosPerRequest) {

  /// One operation's part. `items` counts memories stored or found.
  public record Operated(
      String name, String itemsName, long succeeded, long failed, long items, Latency latency) {}

  /// The failures of one kind and what the first of them was.
  public record Failed(String kind, long count, String example) {}

  /// One server's part.
  public record Node(String url, long succeeded, long failed) {}

  /// One second of the run, numbered from 1 after the warm-up; latencies in microseconds.
  public record Second(
      int second, double perSecond, long failed, double p50, double p99, double max) {}

  public double succeededPerSecond() {
    return seconds == 0 ? 0 : succeeded / seconds;
  }

  /// Everything that should have succeeded and did not.
  public long missed() {
    return failed + unsent;
  }
}
