package dev.quorate.bench.report;

import dev.quorate.bench.load.Figures;
import dev.quorate.bench.load.Figures.Operated;
import dev.quorate.bench.load.Latency;
import dev.quorate.bench.load.Plan;
import dev.quorate.bench.probe.Mesh.Cost;
import dev.quorate.bench.wire.Endpoint;
import java.util.Locale;
import java.util.stream.Collectors;

/// The report for people: one line a fact, the label in front.
public final class TextReport {
  private static final int LABEL_WIDTH = 17;
  private static final long BYTES_PER_MIB = 1 << 20;

  private TextReport() {}

  public static String of(Report report) {
    var text = new StringBuilder();
    var figures = report.figures();
    row(text, report.workload(), how(report.plan()));
    row(text, "servers", servers(report.plan()));
    row(text, "settings", settings(report));
    row(text, "requests", requests(figures));
    row(text, "latency", latency(figures.latency()));
    for (var operation : figures.operations()) {
      if (figures.operations().size() > 1) {
        row(text, operation.name(), counts(operation));
        row(text, "", latency(operation.latency()));
      }
      row(text, operation.itemsName(), items(operation, figures.seconds()));
    }
    row(text, "statuses", statuses(figures));
    for (var failure : figures.failures()) {
      row(
          text,
          "failure",
          String.format(
              Locale.ROOT,
              "%s: %,d, the first: %s",
              failure.kind(),
              failure.count(),
              failure.example()));
    }
    if (figures.nodes().size() > 1) {
      for (var node : figures.nodes()) {
        row(
            text,
            "node",
            String.format(
                Locale.ROOT,
                "%s  succeeded %,d, failed %,d",
                node.url(),
                node.succeeded(),
                node.failed()));
      }
    }
    for (var held : report.serverMemory()) {
      row(
          text,
          "server memory",
          String.format(
              Locale.ROOT,
              "%,d MiB resident, at most %,d MiB (%s)",
              held.bytes() / BYTES_PER_MIB,
              held.bytesMax() / BYTES_PER_MIB,
              held.source()));
    }
    report.mesh().ifPresent(cost -> mesh(text, cost));
    if (figures.cpuMicrosPerRequest() > 0) {
      row(
          text,
          "generator",
          String.format(
              Locale.ROOT, "%.1f µs of processor time a request", figures.cpuMicrosPerRequest()));
    }
    return text.toString();
  }

  private static void mesh(StringBuilder text, Cost cost) {
    row(
        text,
        "mesh",
        String.format(
            Locale.ROOT,
            "%d nodes, %d must hold a write; %s",
            cost.nodes(),
            cost.writeQuorum(),
            cost.secondsToEqual() < 0
                ? "not equal two minutes after the end"
                : String.format(
                    Locale.ROOT, "all equal %.2f s after the end", cost.secondsToEqual())));
    row(
        text,
        "replication",
        String.format(
            Locale.ROOT,
            "%.3f requests and %,.0f bytes for each write and peer",
            cost.requestsPerItem(),
            cost.bytesPerItem()));
    row(
        text,
        "node memory",
        String.format(
            Locale.ROOT,
            "%,d to %,d MiB resident",
            cost.residentBytesMin() / BYTES_PER_MIB,
            cost.residentBytesMax() / BYTES_PER_MIB));
  }

  private static void row(StringBuilder text, String label, String value) {
    text.append(label).repeat(' ', LABEL_WIDTH - label.length()).append(value).append('\n');
  }

  private static String how(Plan plan) {
    var loop =
        plan.isOpenLoop()
            ? String.format(
                Locale.ROOT,
                "open loop of %,.0f a second over %,d clients",
                plan.ratePerSecond(),
                plan.clients())
            : String.format(Locale.ROOT, "closed loop of %,d clients", plan.clients());
    var end =
        plan.requests() > 0
            ? String.format(Locale.ROOT, "%,d requests", plan.requests())
            : String.format(Locale.ROOT, "%,d s", plan.durationSeconds());
    return plan.warmupSeconds() == 0
        ? loop + ", " + end
        : String.format(
            Locale.ROOT, "%s, %s after %,d s of warm-up", loop, end, plan.warmupSeconds());
  }

  private static String servers(Plan plan) {
    return plan.endpoints().stream().map(Endpoint::toString).collect(Collectors.joining(" "));
  }

  private static String settings(Report report) {
    return report.settings().entrySet().stream()
        .map(setting -> setting.getKey() + " " + setting.getValue())
        .collect(Collectors.joining(", "));
  }

  private static String requests(Figures figures) {
    var text =
        String.format(
            Locale.ROOT,
            "%,d succeeded in %.1f s, %,.1f a second; %,d failed",
            figures.succeeded(),
            figures.seconds(),
            figures.succeededPerSecond(),
            figures.failed());
    if (figures.unsent() > 0) {
      text +=
          String.format(
              Locale.ROOT, "; %,d never sent, the server was too far behind", figures.unsent());
    }
    return figures.interrupted() ? text + "; interrupted" : text;
  }

  private static String counts(Operated operation) {
    return String.format(
        Locale.ROOT, "%,d succeeded, %,d failed", operation.succeeded(), operation.failed());
  }

  private static String items(Operated operation, double seconds) {
    return String.format(
        Locale.ROOT,
        "%,d, %,.1f a second, %.1f a request",
        operation.items(),
        seconds == 0 ? 0 : operation.items() / seconds,
        operation.succeeded() == 0 ? 0 : (double) operation.items() / operation.succeeded());
  }

  private static String statuses(Figures figures) {
    return figures.statuses().entrySet().stream()
        .map(status -> String.format(Locale.ROOT, "%d: %,d", status.getKey(), status.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String latency(Latency latency) {
    return String.format(
        Locale.ROOT,
        "p50 %s, p95 %s, p99 %s, p99.9 %s, max %s, mean %s",
        time(latency.p50()),
        time(latency.p95()),
        time(latency.p99()),
        time(latency.p999()),
        time(latency.max()),
        time(latency.mean()));
  }

  /// Microseconds in the unit that reads best.
  static String time(double micros) {
    if (micros < 1_000) return String.format(Locale.ROOT, "%.0f µs", micros);
    return micros < 1_000_000
        ? String.format(Locale.ROOT, "%.2f ms", micros / 1_000)
        : String.format(Locale.ROOT, "%.2f s", micros / 1_000_000);
  }
}
