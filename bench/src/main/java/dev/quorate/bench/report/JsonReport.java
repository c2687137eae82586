package dev.quorate.bench.report;

import dev.quorate.bench.load.Figures;
import dev.quorate.bench.load.Latency;
import dev.quorate.bench.load.Plan;
import dev.quorate.bench.probe.Mesh.Cost;
import dev.quorate.bench.wire.Endpoint;
import dev.quorate.json.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The report for programs. Latencies are in microseconds, rates a second.
public final class JsonReport {
  private JsonReport() {}

  public static void write(Report report, Path file) throws IOException {
    var text = Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(of(report));
    Files.writeString(file, text + "\n");
  }

  static ObjectNode of(Report report) {
    var json = Json.object();
    var figures = report.figures();
    json.put("workload", report.workload());
    json.put("started_at", report.startedAt().toString());
    json.set("plan", plan(report.plan()));
    json.set("settings", Json.mapper().valueToTree(report.settings()));
    json.put("interrupted", figures.interrupted());
    json.put("seconds", rounded(figures.seconds()));
    json.put("succeeded", figures.succeeded());
    json.put("failed", figures.failed());
    json.put("unsent", figures.unsent());
    json.put("succeeded_per_second", rounded(figures.succeededPerSecond()));
    json.set("latency_micros", latency(figures.latency()));
    json.set("operations", operations(figures));
    var statuses = json.putObject("statuses");
    figures.statuses().forEach((status, count) -> statuses.put(status.toString(), count));
    json.set("failures", failures(figures));
    json.set("nodes", nodes(figures));
    json.set("server_memory", serverMemory(report));
    report.mesh().ifPresent(cost -> json.set("mesh", mesh(cost)));
    json.set("generator", generator(figures));
    json.set("timeline", timeline(figures));
    return json;
  }

  private static ObjectNode plan(Plan plan) {
    var json = Json.object();
    var urls = json.putArray("urls");
    plan.endpoints().stream().map(Endpoint::toString).forEach(urls::add);
    json.put("clients", plan.clients());
    json.put("loop", plan.isOpenLoop() ? "open" : "closed");
    json.put("rate_per_second", rounded(plan.ratePerSecond()));
    json.put("warmup_seconds", plan.warmupSeconds());
    json.put("duration_seconds", plan.durationSeconds());
    json.put("requests", plan.requests());
    json.put("timeout_seconds", plan.timeoutSeconds());
    return json;
  }

  private static ObjectNode latency(Latency latency) {
    return Json.object()
        .put("mean", rounded(latency.mean()))
        .put("p50", rounded(latency.p50()))
        .put("p95", rounded(latency.p95()))
        .put("p99", rounded(latency.p99()))
        .put("p99_9", rounded(latency.p999()))
        .put("max", rounded(latency.max()));
  }

  private static ArrayNode operations(Figures figures) {
    var json = Json.mapper().createArrayNode();
    for (var operation : figures.operations()) {
      json.addObject()
          .put("name", operation.name())
          .put("succeeded", operation.succeeded())
          .put("failed", operation.failed())
          .put("items", operation.items())
          .set("latency_micros", latency(operation.latency()));
    }
    return json;
  }

  private static ArrayNode failures(Figures figures) {
    var json = Json.mapper().createArrayNode();
    for (var failure : figures.failures()) {
      json.addObject()
          .put("kind", failure.kind())
          .put("count", failure.count())
          .put("example", failure.example());
    }
    return json;
  }

  private static ArrayNode nodes(Figures figures) {
    var json = Json.mapper().createArrayNode();
    for (var node : figures.nodes()) {
      json.addObject()
          .put("url", node.url())
          .put("succeeded", node.succeeded())
          .put("failed", node.failed());
    }
    return json;
  }

  private static ArrayNode serverMemory(Report report) {
    var json = Json.mapper().createArrayNode();
    for (var held : report.serverMemory()) {
      json.addObject()
          .put("source", held.source())
          .put("resident_bytes", held.bytes())
          .put("resident_bytes_max", held.bytesMax());
    }
    return json;
  }

  private static ObjectNode mesh(Cost cost) {
    return Json.object()
        .put("nodes", cost.nodes())
        .put("write_quorum", cost.writeQuorum())
        .put("requests_per_write_and_peer", cost.requestsPerItem())
        .put("bytes_per_write_and_peer", cost.bytesPerItem())
        .put("seconds_to_equal", cost.secondsToEqual())
        .put("resident_bytes_min", cost.residentBytesMin())
        .put("resident_bytes_max", cost.residentBytesMax());
  }

  private static ObjectNode generator(Figures figures) {
    return Json.object()
        .put("cpu_micros_per_request", rounded(figures.cpuMicrosPerRequest()))
        .put("processors", Runtime.getRuntime().availableProcessors())
        .put("java", Runtime.version().toString());
  }

  private static ArrayNode timeline(Figures figures) {
    var json = Json.mapper().createArrayNode();
    for (var second : figures.timeline()) {
      json.addObject()
          .put("second", second.second())
          .put("succeeded_per_second", rounded(second.perSecond()))
          .put("failed", second.failed())
          .put("p50_micros", rounded(second.p50()))
          .put("p99_micros", rounded(second.p99()))
          .put("max_micros", rounded(second.max()));
    }
    return json;
  }

  private static BigDecimal rounded(double value) {
    return BigDecimal.valueOf(value).setScale(1, RoundingMode.HALF_UP);
  }
}
