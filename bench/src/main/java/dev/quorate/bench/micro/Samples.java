package dev.quorate.bench.micro;

import dev.quorate.memory.Memory;
import dev.quorate.memory.Provenance;
import dev.quorate.memory.Tier;
import java.time.Instant;
import java.util.List;

/// Memories as most are: 200 bytes of text, two tags, an agent.
final class Samples {
  private static final String CONTENT =
      "the deploy of the web tier goes blue then green ".repeat(5);

  private Samples() {}

  static Memory memory(String id) {
    return new Memory(
        id,
        "ops/web",
        "Deploy rule " + id,
        CONTENT.substring(0, 200),
        Tier.MID,
        List.of("deploy", "rule"),
        5,
        1.0,
        "api",
        Instant.ofEpochSecond(1_800_000_000L),
        Instant.ofEpochSecond(1_800_600_000L),
        "{\"agent_id\":\"ai:alice\"}",
        Provenance.PLAIN,
        1);
  }
}
