package dev.quorate.bench.probe;

import dev.quorate.bench.wire.Endpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// How much memory the servers hold resident: read from `/proc` once a second where their process
/// ids were given, else asked of their `/metrics` at the end. Not thread-safe.
public final class ResidentMemory {
  private static final String GAUGE = "process_resident_bytes";
  private static final String LINE = "VmRSS:";
  private static final long BYTES_PER_KIB = 1_024;

  private final Path proc;
  private final List<Long> pids;
  private final TreeMap<Long, Long> greatest = new TreeMap<>();

  /// What one server held at the end, and the most that was seen.
  public record Held(String source, long bytes, long bytesMax) {}

  /// Throws [CannotRun] for a process whose memory cannot be read.
  public ResidentMemory(List<Long> pids) {
    this(pids, Path.of("/proc"));
  }

  ResidentMemory(List<Long> pids, Path proc) {
    this.proc = proc;
    this.pids = List.copyOf(pids);
    for (var pid : pids) {
      if (ofProcess(pid).isEmpty()) {
        throw new CannotRun("the resident memory of process " + pid + " cannot be read (--pid)");
      }
    }
  }

  /// Looks at the processes now.
  public void sample() {
    for (var pid : pids) {
      ofProcess(pid).ifPresent(bytes -> greatest.merge(pid, bytes, Math::max));
    }
  }

  /// The figures at the end of a run; a server that does not tell is left out.
  public List<Held> finish(List<Endpoint> endpoints, @Nullable String apiKey) {
    var held = new ArrayList<Held>();
    for (var pid : pids) {
      ofProcess(pid)
          .ifPresent(bytes ->
              held.add(new Held("process " + pid, bytes, greatest.merge(pid, bytes, Math::max))));
    }
    if (!pids.isEmpty()) return held;
    for (var endpoint : endpoints) {
      try {
        var metrics = new Probe(apiKey).ask(endpoint, "/metrics");
        ofMetrics(metrics)
            .ifPresent(bytes -> held.add(new Held(endpoint.toString(), bytes, bytes)));
      } catch (CannotRun _) {
        // A server without metrics, or one that died in the run, has nothing to tell.
      }
    }
    return held;
  }

  private OptionalLong ofProcess(long pid) {
    try {
      for (var line : Files.readAllLines(proc.resolve(pid + "/status"))) {
        if (line.startsWith(LINE)) {
          var kib = line.substring(LINE.length()).replace("kB", "").strip();
          return OptionalLong.of(Long.parseLong(kib) * BYTES_PER_KIB);
        }
      }
    } catch (IOException | NumberFormatException _) {
      // It has ended, or this is no Linux.
    }
    return OptionalLong.empty();
  }

  private static OptionalLong ofMetrics(String text) {
    for (var line : text.lines().toList()) {
      if (line.startsWith(GAUGE + " ") || line.startsWith(GAUGE + "{")) {
        try {
          var value = line.substring(line.lastIndexOf(' ') + 1);
          return OptionalLong.of((long) Double.parseDouble(value));
        } catch (NumberFormatException _) {
          return OptionalLong.empty();
        }
      }
    }
    return OptionalLong.empty();
  }
}
