package dev.quorate.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.bench.load.Figures;
import dev.quorate.bench.load.Figures.Failed;
import dev.quorate.bench.load.Figures.Node;
import dev.quorate.bench.load.Figures.Operated;
import dev.quorate.bench.load.Figures.Second;
import dev.quorate.bench.load.Latency;
import dev.quorate.bench.load.Moment;
import dev.quorate.bench.load.Plan;
import dev.quorate.bench.probe.Mesh.Cost;
import dev.quorate.bench.probe.ResidentMemory.Held;
import dev.quorate.bench.wire.Endpoint;
import dev.quorate.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  private static final Latency LATENCY = new Latency(820.04, 700, 2_000, 12_345.6, 50_000, 2.5e6);

  @Test
  void theJsonReportHoldsEveryFigure(@TempDir Path folder) throws IOException {
    var file = folder.resolve("report.json");
    JsonReport.write(report(), file);
    assertThat(Json.parse(Files.readString(file)))
        .isEqualTo(
            Json.parse(
                """
                {"workload": "store",
                 "started_at": "2026-01-02T03:04:05Z",
                 "plan": {"urls": ["http://a:1", "http://b:2"], "clients": 64, "loop": "open",
                   "rate_per_second": 500.0, "warmup_seconds": 5, "duration_seconds": 10,
                   "requests": 0, "timeout_seconds": 30},
                 "settings": {"seed": 1, "label": "x"},
                 "interrupted": false,
                 "seconds": 10.0,
                 "succeeded": 4990,
                 "failed": 10,
                 "unsent": 3,
                 "succeeded_per_second": 499.0,
                 "latency_micros": {"mean": 820.0, "p50": 700.0, "p95": 2000.0, "p99": 12345.6,
                   "p99_9": 50000.0, "max": 2500000.0},
                 "operations": [{"name": "store", "succeeded": 4990, "failed": 10, "items": 4990,
                   "latency_micros": {"mean": 820.0, "p50": 700.0, "p95": 2000.0, "p99": 12345.6,
                     "p99_9": 50000.0, "max": 2500000.0}}],
                 "statuses": {"201": 4990, "503": 10},
                 "failures": [{"kind": "status 503", "count": 10, "example": "overloaded"}],
                 "nodes": [{"url": "http://a:1", "succeeded": 2495, "failed": 10},
                   {"url": "http://b:2", "succeeded": 2495, "failed": 0}],
                 "server_memory": [{"source": "process 7", "resident_bytes": 209715200,
                   "resident_bytes_max": 314572800}],
                 "mesh": {"nodes": 3, "write_quorum": 2, "requests_per_write_and_peer": 0.0625,
                   "bytes_per_write_and_peer": 845.2, "seconds_to_equal": 0.25,
                   "resident_bytes_min": 209715200, "resident_bytes_max": 314572800},
                 "generator": {"cpu_micros_per_request": 14.2, "processors": %d, "java": "%s"},
                 "timeline": [{"second": 1, "succeeded_per_second": 500.0, "failed": 2,
                   "p50_micros": 1.0, "p99_micros": 2.0, "max_micros": 3.0}]}
                """
                    .formatted(Runtime.getRuntime().availableProcessors(), Runtime.version())));
  }

  @Test
  void theTextReportSaysTheSame() {
    assertThat(TextReport.of(report()))
        .isEqualTo(
            """
            store            open loop of 500 a second over 64 clients, 10 s after 5 s of warm-up
            servers          http://a:1 http://b:2
            settings         seed 1, label x
            requests         4,990 succeeded in 10.0 s, 499.0 a second; 10 failed; 3 never sent, \
            the server was too far behind
            latency          p50 700 µs, p95 2.00 ms, p99 12.35 ms, p99.9 50.00 ms, max 2.50 s, \
            mean 820 µs
            memories stored  4,990, 499.0 a second, 1.0 a request
            statuses         201: 4,990, 503: 10
            failure          status 503: 10, the first: overloaded
            node             http://a:1  succeeded 2,495, failed 10
            node             http://b:2  succeeded 2,495, failed 0
            server memory    200 MiB resident, at most 300 MiB (process 7)
            mesh             3 nodes, 2 must hold a write; all equal 0.25 s after the end
            replication      0.063 requests and 845 bytes for each write and peer
            node memory      200 to 300 MiB resident
            generator        14.2 µs of processor time a request
            """);
  }

  @Test
  void theProgressLineTellsHowTheRunStands() {
    assertThat(progress(0, new Moment(3, true, 1_234.56, 9, 0, 0)))
        .isEqualTo("   3 s    1,234.6 requests/s  warm-up  0 failed\n");
    assertThat(progress(0, new Moment(12, false, 800, 9, 2, 45_000)))
        .isEqualTo("  12 s      800.0 requests/s  p99 45.00 ms  2 failed\n");
    assertThat(progress(2_000, new Moment(1, false, 4, 500, 0, 45_000)))
        .isEqualTo("   1 s        4.0 requests/s  500 of 2,000 memories (25 %)  0 failed\n");
  }

  private static String progress(long itemsWanted, Moment moment) {
    var bytes = new ByteArrayOutputStream();
    var out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    new ProgressLine(out, false, itemsWanted).observe(moment);
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static Report report() {
    var settings = new LinkedHashMap<String, Object>();
    settings.put("seed", 1);
    settings.put("label", "x");
    var endpoints = List.of(new Endpoint("a", 1), new Endpoint("b", 2));
    var figures =
        new Figures(
            false,
            10,
            4_990,
            10,
            3,
            LATENCY,
            List.of(new Operated("store", "memories stored", 4_990, 10, 4_990, LATENCY)),
            new TreeMap<>(Map.of(201, 4_990L, 503, 10L)),
            List.of(new Failed("status 503", 10, "overloaded")),
            List.of(new Node("http://a:1", 2_495, 10), new Node("http://b:2", 2_495, 0)),
            List.of(new Second(1, 500, 2, 1, 2, 3)),
            14.2);
    return new Report(
        "store",
        Instant.parse("2026-01-02T03:04:05Z"),
        new Plan(endpoints, "secret", 64, 500, 5, 10, 0, 30, Set.of()),
        settings,
        figures,
        List.of(new Held("process 7", 200L << 20, 300L << 20)),
        Optional.of(new Cost(3, 2, 0.0625, 845.2, 0.25, 200L << 20, 300L << 20)));
  }
}
