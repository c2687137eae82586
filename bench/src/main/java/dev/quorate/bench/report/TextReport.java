package dev.quorate.bench.report;

import dev.quorate.bench.load.Figures;
import dev.quorate.bench.load.Figures.Operated;
import dev.quorate.bench.load.Latency;
import dev.quorate.bench.load.Plan;
import dev.quorate.bench.wire.Endpoint;
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
        row(text, "  " + operation.name(), counts(operation));
        row(text, "", latency(operation.latency()));
      }
    }
    for (var operation : figures.operations()) {
      row(text, operation.itemsName(), items(operation, figures.seconds()));
    }
    row(text, "statuses", statuses(figures));
    for (var failure : figures.failures()) {
      row(
          text,
          "failure",
          "%s: %,d, the first: %s".formatted(failure.kind(), failure.count(), failure.example()));
    }
    if (figures.nodes().size() > 1) {
      for (var node : figures.nodes()) {
        row(
            text,
            "node",
            "%s  succeeded %,d, failed %,d".formatted(node.url(), node.succeeded(), node.failed()));
      }
    }
    for (var held : report.serverMemory()) {
      row(
          text,
          "server memory",
          "%,d MiB resident, at most %,d MiB (%s)"
              .formatted(
                  held.bytes() / BYTES_PER_MIB, held.bytesMax() / BYTES_PER_MIB, held.source()));
    }
    if (figures.cpuMicrosPerRequest() > 0) {
      row(
          text,
          "generator",
          "%.1f µs of processor time a request".formatted(figures.cpuMicrosPerRequest()));
    }
    return text.toString();
  }

  private static void row(StringBuilder text, String label, String value) {
    text.append(label).repeat(' ', LABEL_WIDTH - label.length()).append(value).append('\n');
  }

  private static String how(Plan plan) {
    var loop =
        plan.isOpenLoop()
            ? "open loop of %,.0f a second over %,d clients"
                .formatted(plan.ratePerSecond(), plan.clients())
            : "closed loop of %,d clients".formatted(plan.clients());
    var end =
        plan.requests() > 0
            ? "%,d requests".formatted(plan.requests())
            : "%,d s".formatted(plan.durationSeconds());
    return plan.warmupSeconds() == 0
        ? loop + ", " + end
        : "%s, %s after %,d s of warm-up".formatted(loop, end, plan.warmupSeconds());
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
        "%,d succeeded in %.1f s, %,.1f a second; %,d failed"
            .formatted(
                figures.succeeded(),
                figures.seconds(),
                figures.succeededPerSecond(),
                figures.failed());
    if (figures.unsent() > 0) {
      text += "; %,d never sent, the server was too far behind".formatted(figures.unsent());
    }
    return figures.interrupted() ? text + "; interrupted" : text;
  }

  private static String counts(Operated operation) {
    return "%,d succeeded, %,d failed".formatted(operation.succeeded(), operation.failed());
  }

  private static String items(Operated operation, double seconds) {
    return "%,d, %,.1f a second, %.1f a request"
        .formatted(
            operation.items(),
            seconds == 0 ? 0 : operation.items() / seconds,
            operation.succeeded() == 0 ? 0 : (double) operation.items() / operation.succeeded());
  }

  private static String statuses(Figures figures) {
    return figures.statuses().entrySet().stream()
        .map(status -> "%d: %,d".formatted(status.getKey(), status.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String latency(Latency latency) {
    return "p50 %s, p95 %s, p99 %s, p99.9 %s, max %s, mean %s"
        .formatted(
            time(latency.p50()),
            time(latency.p95()),
            time(latency.p99()),
            time(latency.p999()),
            time(latency.max()),
            time(latency.mean()));
  }

  /// Microseconds in the unit that reads best.
  static String time(double micros) {
    if (micros < 1_000) return "%.0f µs".formatted(micros);
    return micros < 1_000_000
        ? "%.2f ms".formatted(micros / 1_000)
        : "%.2f s".formatted(micros / 1_000_000);
  }
}
