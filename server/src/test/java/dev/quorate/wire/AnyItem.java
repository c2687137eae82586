package dev.quorate.wire;

import dev.quorate.json.Json;
import dev.quorate.memory.AnyMemory;
import dev.quorate.memory.Body;
import dev.quorate.memory.Link;
import dev.quorate.memory.LinkBody;
import dev.quorate.memory.Memory;
import dev.quorate.memory.MemoryKind;
import dev.quorate.memory.Provenance;
import dev.quorate.memory.Relation;
import dev.quorate.memory.Tier;
import dev.quorate.merge.AliasFact;
import dev.quorate.merge.ContentRegister;
import dev.quorate.merge.EmbeddingRegister;
import dev.quorate.merge.Lane;
import dev.quorate.merge.LifecycleRegister;
import dev.quorate.merge.LifecycleRegister.State;
import dev.quorate.merge.LinkRegister;
import dev.quorate.merge.LostContent;
import dev.quorate.merge.PendingAction;
import dev.quorate.merge.Register;
import dev.quorate.merge.Seen;
import dev.quorate.merge.StandardRegister;
import dev.quorate.merge.SubscriptionRegister;
import dev.quorate.merge.Vote;
import dev.quorate.seeds.Chance;
import dev.quorate.subscriptions.SigningKey;
import dev.quorate.subscriptions.Subscription;
import dev.quorate.time.Stamp;
import dev.quorate.time.Timestamps;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/// Items of every lane in which any field may have any value that keeps the rules.
final class AnyItem {
  static final String SENDER = "host:a-1f2e";
  static final String EPOCH = "epoch-a";

  private static final String ID_CHARACTERS = "abcXYZ019_:.@-";

  private AnyItem() {}

  static Frame frame() {
    return new Frame(1, SENDER, EPOCH, 12, 57, true, "2026-06-01T12:00:00.000000000+00:00");
  }

  static List<Item> several(Chance chance) {
    var items = new ArrayList<Item>();
    for (var left = chance.below(12); left >= 0; left--) items.add(any(chance));
    return items;
  }

  static Item any(Chance chance) {
    return item(chance, register(chance, chance.oneOf(Lane.values())));
  }

  static Item item(Chance chance, Register register) {
    var sequence = chance.between(1, Long.MAX_VALUE - 1);
    var together = chance.percent(30) ? "op-" + id(chance) : null;
    if (chance.percent(60)) return new Item(register, SENDER, EPOCH, sequence, sequence, together);
    return new Item(
        register,
        chance.oneOf(SENDER, "host:b"),
        chance.oneOf(EPOCH, "epoch-b"),
        chance.between(1, 9),
        sequence,
        together);
  }

  static Register register(Chance chance, Lane lane) {
    return switch (lane) {
      case CONTENT -> content(chance);
      case LOST -> new LostContent(content(chance));
      case LIFECYCLE -> lifecycle(chance);
      case ALIAS ->
          AliasFact.of(
              "a" + id(chance), created(chance), "b" + id(chance), created(chance), stamp(chance));
      case LINK -> link(chance);
      case STANDARD -> standard(chance);
      case PENDING -> pending(chance);
      case SUBSCRIPTION -> subscription(chance);
      case VOTE -> Vote.of(id(chance), agent(chance), chance.percent(50), stamp(chance));
      case EMBEDDING -> embedding(chance);
    };
  }

  static ContentRegister content(Chance chance) {
    var memory = memory(chance);
    return ContentRegister.of(memory.id(), stamp(chance), seen(chance), Body.write(memory));
  }

  static LifecycleRegister lifecycle(Chance chance) {
    var state = chance.oneOf(State.values());
    var successors = new ArrayList<String>();
    while (state == State.DELETED && chance.percent(50)) successors.add(id(chance));
    var reason = chance.percent(50) ? "" : "r" + line(chance, 30);
    return LifecycleRegister.of(id(chance), stamp(chance), state, reason, successors);
  }

  static LinkRegister link(Chance chance) {
    var relation = chance.oneOf(Relation.values());
    var source = id(chance);
    var target = id(chance);
    if (chance.percent(30)) {
      return LinkRegister.of(source, target, relation.text(), stamp(chance), false, "");
    }
    var link =
        new Link(
            source,
            target,
            relation,
            AnyMemory.instant(chance),
            chance.percent(50) ? AnyMemory.instant(chance) : null,
            chance.percent(50) ? AnyMemory.instant(chance) : null,
            chance.percent(50) ? agent(chance) : null,
            chance.percent(50) ? HexFormat.of().formatHex(chance.bytes(64)) : null);
    return LinkRegister.of(
        source, target, relation.text(), stamp(chance), true, LinkBody.write(link));
  }

  static StandardRegister standard(Chance chance) {
    return StandardRegister.of(
        namespace(chance),
        stamp(chance),
        chance.percent(60) ? id(chance) : null,
        chance.percent(50) ? namespace(chance) : null);
  }

  static SubscriptionRegister subscription(Chance chance) {
    if (chance.percent(30)) return SubscriptionRegister.of(id(chance), stamp(chance), "");
    var subscription =
        new Subscription(
            chance.oneOf("https://example.org/x?y=1", "http://127.0.0.1:8080/", "https://[::1]/"),
            chance.oneOf("*", "memory_store,memory_delete", "something_newer"),
            chance.percent(50) ? namespace(chance) : null,
            chance.percent(50) ? chance.oneOf("*", "team/ä/**", "global") : null,
            chance.percent(50) ? agent(chance) : null,
            chance.percent(50) ? agent(chance) : null,
            agent(chance),
            AnyMemory.instant(chance),
            chance.percent(70) ? SigningKey.ofSecret(id(chance)) : null);
    return SubscriptionRegister.of(id(chance), stamp(chance), subscription.body());
  }

  static PendingAction pending(Chance chance) {
    var payload = AnyMemory.object(chance, 3);
    if (chance.percent(80)) payload.put("action_type", chance.oneOf("store", "promote", "dance"));
    if (chance.percent(80)) payload.put("namespace", namespace(chance));
    if (chance.percent(80)) payload.put("requested_by", agent(chance));
    if (chance.percent(50)) payload.put("requested_at", created(chance));
    if (chance.percent(50)) payload.put("memory_id", id(chance));
    if (chance.percent(90)) payload.set("payload", AnyMemory.object(chance, 3));
    return PendingAction.of(
        id(chance),
        stamp(chance),
        Json.canonical(payload),
        1 + chance.below(5),
        chance.between(1, Long.MAX_VALUE - 1));
  }

  static EmbeddingRegister embedding(Chance chance) {
    var dimension = 1 + chance.below(8);
    var bytes = ByteBuffer.allocate(dimension * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putFloat(0.1f);
    while (bytes.hasRemaining()) {
      bytes.putFloat(
          chance.oneOf(0f, -0f, 1f, Float.MIN_VALUE, Float.MAX_VALUE, (float) chance.fraction()));
    }
    return EmbeddingRegister.of(
        id(chance),
        stamp(chance),
        stamp(chance),
        "mini" + line(chance, 10),
        dimension,
        Base64.getEncoder().encodeToString(bytes.array()));
  }

  static Memory memory(Chance chance) {
    var tags = new ArrayList<String>();
    for (var left = chance.below(5); left > 0; left--) tags.add("t" + printable(chance, 10));
    return new Memory(
        id(chance),
        namespace(chance),
        ("t" + printable(chance, 40)).strip(),
        "c" + printable(chance, 400),
        chance.oneOf(Tier.values()),
        tags,
        1 + chance.below(10),
        chance.oneOf(0.0, 1.0, 0.1, 1e-300, Double.MIN_VALUE, chance.fraction()),
        chance.oneOf("api", "user", "import"),
        AnyMemory.instant(chance),
        chance.percent(50) ? AnyMemory.instant(chance) : null,
        Json.canonical(AnyMemory.object(chance, 4)),
        provenance(chance),
        chance.between(1, Long.MAX_VALUE - 1));
  }

  private static Provenance provenance(Chance chance) {
    if (chance.percent(30)) return Provenance.PLAIN;
    return new Provenance(
        chance.oneOf(MemoryKind.values()),
        chance.below(10),
        chance.percent(50) ? id(chance) : null,
        chance.percent(50) ? chance.below(1_000) : null,
        chance.percent(50) ? "[]" : citation(chance),
        chance.percent(50) ? "doc:" + line(chance, 20) : null,
        chance.percent(50) ? "{\"end\":9,\"start\":%d}".formatted(chance.below(9)) : null,
        chance.oneOf("caller_provided", "auto_derived", "calibrated", "decayed", "curator_derived"),
        chance.percent(50) ? Json.canonical(AnyMemory.object(chance, 2)) : null,
        chance.percent(50) ? AnyMemory.instant(chance) : null);
  }

  private static String citation(Chance chance) {
    var citation = AnyMemory.object(chance, 2);
    citation.put("uri", "uri:" + line(chance, 10)).put("accessed_at", created(chance));
    return Json.canonical(Json.mapper().createArrayNode().add(citation));
  }

  private static Stamp stamp(Chance chance) {
    return Stamp.of(
        chance.between(0, 4_000_000_000_000L),
        chance.below(65_536),
        chance.oneOf(SENDER, "host:b", "ai:someone/else", ""));
  }

  private static Seen seen(Chance chance) {
    var seen = Seen.NOTHING;
    for (var left = chance.below(4); left > 0; left--) seen = seen.with(stamp(chance));
    return seen;
  }

  private static String created(Chance chance) {
    return Timestamps.render(AnyMemory.instant(chance));
  }

  private static String id(Chance chance) {
    var id = new StringBuilder("i");
    for (var left = chance.below(20); left > 0; left--) {
      id.append(ID_CHARACTERS.charAt(chance.below(ID_CHARACTERS.length())));
    }
    return id.toString().replace("..", ".-");
  }

  private static String agent(Chance chance) {
    return "ai:" + id(chance);
  }

  private static String namespace(Chance chance) {
    return chance.oneOf("global", "team/ä", "a/b/c/d/e/f/g/h", "🜁");
  }

  private static String line(Chance chance, int charactersMax) {
    return printable(chance, charactersMax).replaceAll("[\n\t]", " ");
  }

  private static String printable(Chance chance, int charactersMax) {
    return chance
        .text(charactersMax)
        .codePoints()
        .filter(c -> !Character.isISOControl(c) || c == '\n' || c == '\t')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
