package dev.quorate.testkit;

import dev.quorate.governance.Action;
import dev.quorate.governance.Approver;
import dev.quorate.memory.Body;
import dev.quorate.memory.Link;
import dev.quorate.memory.LinkBody;
import dev.quorate.memory.Memory;
import dev.quorate.memory.Provenance;
import dev.quorate.memory.Relation;
import dev.quorate.memory.Tier;
import dev.quorate.merge.AliasFact;
import dev.quorate.merge.ContentRegister;
import dev.quorate.merge.EmbeddingRegister;
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
import dev.quorate.subscriptions.SigningKey;
import dev.quorate.subscriptions.Subscription;
import dev.quorate.time.Stamp;
import dev.quorate.wire.Frame;
import dev.quorate.wire.Item;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One push for each thing that nodes tell each other, named as its golden files.
final class GoldenCases {
  static final String SENDER = "host:a-1f2e";
  static final String EPOCH = "5f0e8b0c";
  static final Frame FRAME =
      new Frame(1, SENDER, EPOCH, 12, 57, true, "2026-06-01T12:00:01.000000000+00:00");

  private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
  private static final Stamp STAMP = Stamp.of(NOON.toEpochMilli(), 0, SENDER);

  private GoldenCases() {}

  /// Items by the name of the case.
  static Map<String, List<Item>> all() {
    var cases = new LinkedHashMap<String, List<Item>>();
    cases.put("store", own(content("m1", "world")));
    cases.put("store-of-another", List.of(adopted(content("m1", "world"))));
    cases.put("store-with-embedding", own(content("m1", "world"), embedding()));
    cases.put("delete", own(lifecycle("m1", State.DELETED, "delete")));
    cases.put("archive", own(lifecycle("m1", State.ARCHIVED, "archive")));
    cases.put("restore", own(lifecycle("m1", State.LIVE, "")));
    cases.put("link", own(link(null, null)));
    cases.put("link-signed", own(link("ai:alice", "00ff".repeat(32))));
    cases.put("unlink", own(unlink()));
    cases.put(
        "consolidate",
        together(
            content("m3", "m1 and m2"),
            lifecycle("m1", State.DELETED, "consolidate", "m3"),
            lifecycle("m2", State.DELETED, "consolidate", "m3")));
    cases.put("pending", own(pending(held())));
    cases.put(
        "pending-of-our-own",
        own(pending("{\"action\":\"consolidate\",\"namespace\":\"secure/ops\"}")));
    cases.put("decision", own(Vote.of("p1", "bob", true, STAMP)));
    cases.put("namespace-meta", own(StandardRegister.of("team/x", STAMP, "m9", "team")));
    cases.put("namespace-clear", own(StandardRegister.of("team/x", STAMP, null, null)));
    cases.put("subscription", own(subscription()));
    cases.put("unsubscribe", own(SubscriptionRegister.of("s1", STAMP, "")));
    cases.put("alias", own(alias()));
    cases.put("lost", own(new LostContent(content("m1", "overruled"))));
    return cases;
  }

  private static List<Item> own(Register... registers) {
    return items(null, registers);
  }

  private static List<Item> together(Register... registers) {
    return items("op-7", registers);
  }

  private static List<Item> items(@Nullable String together, Register... registers) {
    var items = new ArrayList<Item>();
    for (var register : registers) {
      var sequence = 13 + items.size();
      items.add(new Item(register, SENDER, EPOCH, sequence, sequence, together));
    }
    return items;
  }

  private static Item adopted(ContentRegister content) {
    var stamp = new Stamp(content.stamp().time(), "host:b");
    var register = ContentRegister.of(content.id(), stamp, content.seen(), content.body());
    return new Item(register, "host:b-77aa", "c0ffee00", 4, 13, null);
  }

  private static ContentRegister content(String id, String content) {
    var memory =
        new Memory(
            id,
            "app",
            "hello",
            content,
            Tier.MID,
            List.of("t"),
            5,
            1.0,
            "api",
            NOON.plusNanos(123_456_789),
            NOON.plusNanos(123_456_789).plusSeconds(604_800),
            "{\"agent_id\":\"ai:alice\",\"scope\":\"team\"}",
            Provenance.PLAIN,
            1);
    var stamp = Stamp.of(NOON.toEpochMilli() + 250, 32_768, SENDER);
    var seen = Seen.NOTHING.with(Stamp.of(NOON.toEpochMilli(), 0, "host:b-77aa"));
    return ContentRegister.of(id, stamp, seen, Body.write(memory));
  }

  private static LifecycleRegister lifecycle(
      String id, State state, String reason, String... successors) {
    return LifecycleRegister.of(id, STAMP, state, reason, List.of(successors));
  }

  private static SubscriptionRegister subscription() {
    var subscription =
        new Subscription(
            "https://hooks.example.org/quorate",
            "memory_store,memory_delete",
            "app",
            "app/**",
            "ai:bob",
            "ai:alice",
            "ai:alice",
            NOON,
            SigningKey.ofSecret("a secret"));
    return SubscriptionRegister.of("s1", STAMP, subscription.body());
  }

  private static LinkRegister link(@Nullable String observedBy, @Nullable String signature) {
    var link =
        new Link(
            "m1",
            "m2",
            Relation.RELATED_TO,
            NOON.plusNanos(123_456_789),
            null,
            observedBy == null ? null : NOON.plusSeconds(60),
            observedBy,
            signature);
    return LinkRegister.of("m1", "m2", "related_to", STAMP, true, LinkBody.write(link));
  }

  private static LinkRegister unlink() {
    return LinkRegister.of("m1", "m2", "related_to", STAMP, false, "");
  }

  private static PendingAction pending(String payload) {
    return PendingAction.of("p1", STAMP, payload, 2, NOON.plusSeconds(86_400).toEpochMilli());
  }

  private static String held() {
    var memory = Body.read(content("m1", "world").body());
    return new Action(new Action.Store(memory, null), "secure/ops", "alice", new Approver.Human())
        .payload();
  }

  private static EmbeddingRegister embedding() {
    var vector = ByteBuffer.allocate(3 * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    vector.putFloat(0.6f).putFloat(0.8f).putFloat(0f);
    return EmbeddingRegister.of(
        "m1",
        content("m1", "world").stamp(),
        STAMP,
        "nomic-embed-text-v1.5",
        3,
        Base64.getEncoder().encodeToString(vector.array()));
  }

  private static AliasFact alias() {
    return AliasFact.of(
        "m1",
        "2026-06-01T12:00:00.123456789+00:00",
        "m2",
        "2026-06-01T12:00:00.000000000+00:00",
        STAMP);
  }
}
