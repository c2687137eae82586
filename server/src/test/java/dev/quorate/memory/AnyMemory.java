package dev.quorate.memory;

import dev.quorate.json.Json;
import dev.quorate.seeds.Chance;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Memories for tests.
public final class AnyMemory {
  private static final long SECONDS_FIRST = Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();
  private static final long SECONDS_LAST = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

  private AnyMemory() {}

  /// A memory with nothing special about it.
  public static Memory plain(String id, String title, String content, Instant createdAt) {
    return new Memory(
        id,
        "global",
        title,
        content,
        Tier.MID,
        List.of(),
        5,
        1.0,
        "api",
        createdAt,
        null,
        "{}",
        Provenance.PLAIN,
        1);
  }

  /// A memory in which any field may have any value that keeps the rules.
  public static Memory wild(Chance chance) {
    var tags = new ArrayList<String>();
    for (var left = chance.below(5); left > 0; left--) tags.add("t" + chance.text(10));
    return new Memory(
        "id-" + chance.text(20),
        "n/" + chance.text(10),
        "t" + chance.text(40),
        chance.text(400),
        chance.oneOf(Tier.values()),
        tags,
        1 + chance.below(10),
        chance.oneOf(0.0, 1.0, 0.1, 1e-300, Double.MIN_VALUE, chance.fraction()),
        chance.oneOf("api", "user", "import"),
        instant(chance),
        chance.percent(50) ? instant(chance) : null,
        Json.canonical(object(chance, 4)),
        provenance(chance),
        chance.between(1, Long.MAX_VALUE - 1));
  }

  private static Provenance provenance(Chance chance) {
    if (chance.percent(30)) return Provenance.PLAIN;
    return new Provenance(
        chance.oneOf(MemoryKind.values()),
        chance.below(10),
        text(chance),
        chance.percent(50) ? chance.below(1_000) : null,
        Json.canonical(Json.mapper().createArrayNode().add(object(chance, 2))),
        text(chance),
        chance.percent(50) ? "{\"end\":9,\"start\":%d}".formatted(chance.below(9)) : null,
        "s" + chance.text(10),
        chance.percent(50) ? Json.canonical(object(chance, 2)) : null,
        chance.percent(50) ? instant(chance) : null);
  }

  public static Instant instant(Chance chance) {
    return Instant.ofEpochSecond(
        chance.between(SECONDS_FIRST, SECONDS_LAST), chance.below(1_000_000_000));
  }

  /// A JSON object with members of all types, at most `depth` deep.
  public static ObjectNode object(Chance chance, int depth) {
    var object = Json.object();
    for (var left = chance.below(5); left > 0; left--) {
      var key = chance.text(8);
      switch (chance.below(depth > 1 ? 8 : 6)) {
        case 0 -> object.putNull(key);
        case 1 -> object.put(key, chance.percent(50));
        case 2 -> object.put(key, chance.between(Long.MIN_VALUE, Long.MAX_VALUE - 1));
        case 3 -> object.put(key, chance.fraction());
        case 4 -> object.put(key, chance.text(30));
        case 5 -> object.putArray(key).add(chance.below(100)).add(chance.text(3)).addNull();
        case 6 -> object.putArray(key).add(object(chance, depth - 2));
        default -> object.set(key, object(chance, depth - 1));
      }
    }
    return object;
  }

  private static @Nullable String text(Chance chance) {
    return chance.percent(50) ? chance.text(20) : null;
  }
}
