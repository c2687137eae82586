package dev.quorate.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// The counters, gauges and timers of one node. Names of api.md 1.7 where a client may look for
/// them; no gauge of the process has `memory_` in its name, for such clients take it for a counter.
/// Thread-safe.
public final class Meters {
  private static final Path STATM = Path.of("/proc/self/statm");
  private static final long PAGE_BYTES = 4_096;

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final ConcurrentHashMap<String, Counter> stores = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<RouteAndStatus, Timer> requests = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<String, Counter> recalls = new ConcurrentHashMap<>();
  private final Timer recallLatency =
      Timer.builder("ai_memory_recall_latency")
          .description("How long a recall took inside this node")
          .serviceLevelObjectives(
              Duration.ofMillis(1),
              Duration.ofMillis(5),
              Duration.ofMillis(10),
              Duration.ofMillis(50),
              Duration.ofMillis(100),
              Duration.ofMillis(500),
              Duration.ofSeconds(1))
          .register(registry);

  private record RouteAndStatus(String method, String route, int status) {}

  public Meters() {
    gauge("jvm_heap_used_bytes", "Bytes of the heap in use", Meters::heapUsedBytes);
    if (Files.isReadable(STATM)) {
      gauge(
          "process_resident_bytes", "Bytes of the process in main storage", Meters::residentBytes);
    }
  }

  /// A number that is asked for whenever the metrics are read.
  public void gauge(String name, String description, Supplier<Number> number) {
    Gauge.builder(name, number).description(description).register(registry);
  }

  /// Counts a store.
  ///
  /// @param result `stored`, `held` (for approval) or `refused`
  public void stored(String tier, String result) {
    stores
        .computeIfAbsent(
            tier + " " + result,
            _ ->
                Counter.builder("ai_memory_store")
                    .description("Memories stored")
                    .tag("tier", tier)
                    .tag("result", result)
                    .register(registry))
        .increment();
  }

  public void recalled(String mode, Duration took) {
    recalls
        .computeIfAbsent(
            mode,
            _ ->
                Counter.builder("ai_memory_recall")
                    .description("Recalls answered")
                    .tag("mode", mode)
                    .register(registry))
        .increment();
    recallLatency.record(took);
  }

  /// Counts one of something.
  ///
  /// @param name as Prometheus shows it, with `_total` at the end
  /// @param value one of few words, never what a caller wrote
  public void count(String name, String description, String label, String value) {
    counter(name, description, Tags.of(label, value)).increment();
  }

  /// Counts several of something.
  public void add(String name, String description, double amount) {
    counter(name, description, Tags.empty()).increment(amount);
  }

  private Counter counter(String name, String description, Tags tags) {
    return Counter.builder(name).description(description).tags(tags).register(registry);
  }

  /// Counts a request that was answered.
  ///
  /// @param route the route's pattern, never what a caller wrote
  public void served(String method, String route, int status, long nanos) {
    requests
        .computeIfAbsent(
            new RouteAndStatus(method, route, status),
            key ->
                Timer.builder("quorate_http_requests")
                    .description("Requests answered")
                    .tag("method", key.method())
                    .tag("route", key.route())
                    .tag("status", Integer.toString(key.status()))
                    .register(registry))
        .record(Duration.ofNanos(nanos));
  }

  /// Everything, in Prometheus' text format 0.0.4.
  public String text() {
    return registry.scrape();
  }

  private static Number heapUsedBytes() {
    var runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static Number residentBytes() {
    try {
      return Long.parseLong(Files.readString(STATM).split(" ", -1)[1]) * PAGE_BYTES;
    } catch (IOException _) {
      return Double.NaN;
    }
  }
}
