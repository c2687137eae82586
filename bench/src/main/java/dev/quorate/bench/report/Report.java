package dev.quorate.bench.report;

import dev.quorate.bench.load.Figures;
import dev.quorate.bench.load.Plan;
import dev.quorate.bench.probe.Mesh.Cost;
import dev.quorate.bench.probe.ResidentMemory.Held;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// Everything that is said of one run.
///
/// @param settings what shaped the requests, by option name
/// @param mesh what it cost to replicate, where the server has peers
public record Report(
    String workload,
    Instant startedAt,
    Plan plan,
    SequencedMap<String, Object> settings,
    Figures figures,
    List<Held> serverMemory,
    Optional<Cost> mesh) {}
