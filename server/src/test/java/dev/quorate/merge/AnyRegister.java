package dev.quorate.merge;

import dev.quorate.merge.LifecycleRegister.State;
import dev.quorate.seeds.Chance;
import dev.quorate.time.Stamp;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Registers drawn from so few values that equal keys, equal stamps and equal fields are common.
public final class AnyRegister {
  private static final String[] ORIGINS = {"n1", "n2", "n3"};

  private AnyRegister() {}

  public static Stamp stamp(Chance chance) {
    return Stamp.of(chance.between(1, 4), chance.below(2), chance.oneOf(ORIGINS));
  }

  public static Seen seen(Chance chance) {
    Map<String, Long> latest = new TreeMap<>();
    for (var origin : ORIGINS) {
      if (chance.percent(50)) latest.put(origin, stamp(chance).time());
    }
    return new Seen(latest);
  }

  public static ContentRegister content(Chance chance, String id) {
    return ContentRegister.of(
        id, stamp(chance), seen(chance), chance.oneOf("{\"a\":1}", "{\"a\":2}"));
  }

  public static LifecycleRegister lifecycle(Chance chance, String id) {
    var state = chance.oneOf(State.values());
    var successors = state == State.DELETED ? successors(chance) : List.<String>of();
    return LifecycleRegister.of(id, stamp(chance), state, chance.oneOf("", "why not"), successors);
  }

  private static List<String> successors(Chance chance) {
    return Stream.of("s1", "s2", "s3").filter(_ -> chance.percent(30)).toList();
  }

  public static AliasFact alias(Chance chance, String one, String other) {
    return AliasFact.of(one, created(chance), other, created(chance), stamp(chance));
  }

  private static String created(Chance chance) {
    return stamp(chance).timestamp();
  }

  public static LinkRegister link(Chance chance, String source, String target) {
    var present = chance.percent(60);
    var body = present ? linkBody(source, target, "related_to", 1 + chance.below(2)) : "";
    return LinkRegister.of(source, target, "related_to", stamp(chance), present, body);
  }

  /// The body of a link that was made on this day of a month.
  public static String linkBody(String source, String target, String relation, int day) {
    return """
    {"created_at":"2026-01-0%dT00:00:00+00:00","relation":"%s","source_id":"%s","target_id":"%s"}\
    """
        .formatted(day, relation, source, target);
  }

  public static StandardRegister standard(Chance chance, String namespace) {
    return StandardRegister.of(
        namespace,
        stamp(chance),
        chance.percent(70) ? chance.oneOf("m1", "m2") : null,
        chance.percent(50) ? chance.oneOf("", "parent") : null);
  }

  public static SubscriptionRegister subscription(Chance chance, String id) {
    return SubscriptionRegister.of(
        id, stamp(chance), chance.percent(60) ? chance.oneOf("{\"d\":1}", "{\"d\":2}") : "");
  }

  public static PendingAction pending(Chance chance, String id) {
    return PendingAction.of(
        id,
        stamp(chance),
        chance.oneOf("{}", "{\"c\":1}"),
        1 + chance.below(3),
        chance.between(2, 5));
  }

  public static Vote vote(Chance chance, String pendingId) {
    return Vote.of(
        pendingId, chance.oneOf("ann", "Ann", "bob", "cy"), chance.percent(70), stamp(chance));
  }

  public static EmbeddingRegister embedding(Chance chance, String id) {
    var vector = Base64.getEncoder().encodeToString(chance.bytes(8));
    return EmbeddingRegister.of(
        id, stamp(chance), stamp(chance), chance.oneOf("mini", "large"), 2, vector);
  }
}
