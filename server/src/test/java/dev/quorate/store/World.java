package dev.quorate.store;

import dev.quorate.governance.Action;
import dev.quorate.governance.Approver;
import dev.quorate.memory.AnyMemory;
import dev.quorate.memory.Body;
import dev.quorate.merge.AliasFact;
import dev.quorate.merge.AnyRegister;
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
import dev.quorate.seeds.Chance;
import dev.quorate.time.HybridClock;
import dev.quorate.time.Stamp;
import dev.quorate.time.Timestamps;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Everything that a few nodes with skewed clocks ever changed about a few memories: each version
/// of each register, as many as there were.
public final class World {
  /// One id is the beginning of another, for keys are compared by their beginning.
  static final List<String> IDS = List.of("m", "m1", "m12", "n", "o", "p", "q");

  /// Ids of memories that actions make once they are approved.
  static final List<String> REQUESTED = List.of("x", "x1");

  /// Not every one of these ever gets a content.
  static final List<String> LATE_IDS = List.of("x", "x1", "y", "z");

  static final List<String> ALL_IDS = Stream.of(IDS, LATE_IDS).flatMap(List::stream).toList();

  static final List<String> ACTIONS = List.of("p1", "p2", "p3");

  static final int TITLES_MAX = 20;
  static final long BEGIN_MILLIS = 1_767_225_600_000L;

  private static final int STEPS_MAX = 60;
  private static final int SKEW_MILLIS_MAX = 30_000;
  private static final int STEP_MILLIS_MAX = 2_000;

  private final Chance chance;
  private final int titles;
  private final int deletesPercent;
  private final int aliasesPercent;
  private final List<Editor> editors = new ArrayList<>();
  private final List<Register> changes = new ArrayList<>();
  private final List<ContentRegister> contents = new ArrayList<>();
  private long nowMillis = BEGIN_MILLIS;

  /// A node as far as it makes changes: its clock and what it knows of each memory.
  private static final class Editor {
    private final long skewMillis;
    private HybridClock clock;
    private final Map<String, ContentRegister> known = new HashMap<>();

    Editor(String name, long skewMillis) {
      this.clock = new HybridClock(name, 0);
      this.skewMillis = skewMillis;
    }

    void learn(ContentRegister content) {
      clock.observe(content.stamp());
      known.merge(content.id(), content, (a, b) -> ContentRegister.merge(a, b).winner());
    }
  }

  public World(Chance chance) {
    this.chance = chance;
    this.titles = chance.oneOf(2, 5, TITLES_MAX);
    this.deletesPercent = chance.oneOf(5, 30, 100);
    this.aliasesPercent = chance.oneOf(0, 30, 100);
    for (var name : List.of("n1", "n2", "n3")) {
      editors.add(new Editor(name, chance.between(-SKEW_MILLIS_MAX, SKEW_MILLIS_MAX)));
    }
    IDS.forEach(this::edit);
    for (var left = chance.below(STEPS_MAX); left > 0; left--) step();
  }

  /// Every change, in the order it was made.
  public List<Register> changes() {
    return changes;
  }

  public long endMillis() {
    return nowMillis;
  }

  private void step() {
    nowMillis += chance.below(STEP_MILLIS_MAX);
    var id = chance.oneOf(IDS);
    var other = chance.oneOf(IDS);
    switch (chance.below(23)) {
      case 0, 1, 2, 3, 4 -> edit(chance.percent(10) ? chance.oneOf(LATE_IDS) : id);
      case 5, 6, 7 -> chance.oneOf(editors).learn(chance.oneOf(contents));
      case 8, 9 -> turn(id, State.ARCHIVED, List.of());
      case 10 -> turn(id, State.LIVE, List.of());
      case 11 -> delete(id, List.of());
      case 12 -> consolidate(id, chance.percent(20) ? chance.oneOf(LATE_IDS) : other);
      case 13 -> alias(id, other);
      case 14 -> link(id, other);
      case 15 ->
          changes.add(
              StandardRegister.of(
                  chance.oneOf("ns", "ns/sub"),
                  stamp(),
                  chance.percent(70) ? id : null,
                  chance.percent(30) ? "*" : null));
      case 22 ->
          changes.add(
              SubscriptionRegister.of(
                  chance.oneOf("s1", "s2"), stamp(), chance.percent(60) ? "{\"e\":1}" : ""));
      case 16, 20 -> request(id);
      case 17, 21 ->
          changes.add(
              Vote.of(
                  chance.oneOf(ACTIONS),
                  chance.oneOf("ann", "Ann", "bob"),
                  chance.percent(60),
                  stamp()));
      case 18 -> embedding();
      default -> {
        if (chance.percent(50)) changes.add(new LostContent(chance.oneOf(contents)));
        else restoreClock();
      }
    }
  }

  private void edit(String id) {
    var editor = chance.oneOf(editors);
    var present = editor.known.get(id);
    var seen = present == null ? Seen.NOTHING : present.seen().with(present.stamp());
    var memory =
        AnyMemory.plain(
                id,
                "t" + chance.below(titles),
                "words " + chance.below(1_000),
                Instant.ofEpochMilli(created(id)))
            .withExpiry(
                chance.percent(30)
                    ? Instant.ofEpochMilli(nowMillis + chance.between(-5_000, 60_000))
                    : null);
    var stamp = editor.clock.next(nowMillis + editor.skewMillis);
    var content = ContentRegister.of(id, stamp, seen, Body.write(memory));
    editor.learn(content);
    contents.add(content);
    changes.add(content);
  }

  private void request(String id) {
    var what =
        switch (chance.below(3)) {
          case 0 -> toStore(chance.oneOf(REQUESTED));
          case 1 -> new Action.Promote(chance.percent(90) ? id : chance.oneOf(REQUESTED));
          default ->
              chance.percent(deletesPercent)
                  ? new Action.Delete(chance.percent(90) ? id : chance.oneOf(REQUESTED))
                  : new Action.Promote(id);
        };
    var action = new Action(what, "global", "ann", new Approver.Human());
    changes.add(
        PendingAction.of(
            chance.oneOf(ACTIONS),
            stamp(),
            action.payload(),
            1 + chance.below(2),
            nowMillis + chance.below(60_000)));
  }

  private Action.What toStore(String id) {
    var created = Instant.ofEpochMilli(created(id));
    var memory = AnyMemory.plain(id, "t" + chance.below(titles), "requested", created);
    return new Action.Store(memory, chance.percent(50) ? chance.below(60) + 1L : null);
  }

  /// When the id was made; some are made in the same instant.
  static long created(String id) {
    return BEGIN_MILLIS - 100_000 + id.charAt(0) / 2;
  }

  static String createdText(String id) {
    return Timestamps.render(Instant.ofEpochMilli(created(id)));
  }

  private void turn(String id, State state, List<String> successors) {
    var reason = state == State.LIVE ? "" : chance.oneOf("one", "another");
    changes.add(LifecycleRegister.of(id, stamp(), state, reason, successors));
  }

  private void delete(String id, List<String> successors) {
    if (chance.percent(deletesPercent)) turn(id, State.DELETED, successors);
  }

  /// One source into one memory or into several, one of which may be the source; into one that is
  /// itself gone, or never comes; or on along a chain, which may end where it began.
  private void consolidate(String id, String other) {
    switch (chance.below(4)) {
      case 0 -> delete(id, List.of(other));
      case 1 -> {
        delete(id, List.of(other));
        delete(id, List.of(chance.oneOf(LATE_IDS)));
      }
      case 2 -> {
        delete(id, List.of(other));
        delete(other, chance.percent(50) ? List.of() : List.of(chance.oneOf(LATE_IDS)));
      }
      default -> {
        var third = chance.oneOf(IDS);
        delete(id, List.of(other));
        delete(other, List.of(third));
        if (chance.percent(30)) delete(third, List.of(id));
      }
    }
  }

  private void alias(String id, String other) {
    if (id.equals(other) || !chance.percent(aliasesPercent)) return;
    changes.add(AliasFact.of(id, createdText(id), other, createdText(other), stamp()));
  }

  private void link(String id, String other) {
    var present = chance.percent(70);
    var relation = chance.oneOf("related_to", "supersedes");
    var body = present ? AnyRegister.linkBody(id, other, relation, 1) : "";
    changes.add(LinkRegister.of(id, other, relation, stamp(), present, body));
  }

  private void embedding() {
    var content = chance.oneOf(contents);
    var vector = Base64.getEncoder().encodeToString(chance.bytes(4));
    changes.add(EmbeddingRegister.of(content.id(), content.stamp(), stamp(), "mini", 1, vector));
  }

  /// A node that comes back from a backup may make a stamp a second time.
  private void restoreClock() {
    if (chance.percent(70)) return;
    var editor = chance.oneOf(editors);
    var name = editor.clock.origin();
    editor.clock = new HybridClock(name, Stamp.of(nowMillis - 3_000, 0, name).time());
  }

  private Stamp stamp() {
    var editor = chance.oneOf(editors);
    return editor.clock.next(nowMillis + editor.skewMillis);
  }
}
