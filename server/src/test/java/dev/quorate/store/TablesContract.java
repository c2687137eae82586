package dev.quorate.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.governance.Action;
import dev.quorate.memory.AnyMemory;
import dev.quorate.memory.Body;
import dev.quorate.memory.Memory;
import dev.quorate.merge.AliasFact;
import dev.quorate.merge.AnyRegister;
import dev.quorate.merge.ContentRegister;
import dev.quorate.merge.Lane;
import dev.quorate.merge.LifecycleRegister;
import dev.quorate.merge.LinkRegister;
import dev.quorate.merge.LostContent;
import dev.quorate.merge.PendingAction;
import dev.quorate.merge.Register;
import dev.quorate.merge.Seen;
import dev.quorate.merge.StandardRegister;
import dev.quorate.merge.SubscriptionRegister;
import dev.quorate.merge.Vote;
import dev.quorate.seeds.Chance;
import dev.quorate.seeds.EachSeed;
import dev.quorate.seeds.Seeds;
import dev.quorate.time.Stamp;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What every engine's tables must answer. Held against each of them by a subclass, and each
/// against the plain maps of [MemoryTables].
public abstract class TablesContract {
  private static final String[] IDS = {"m", "m-1", "m1", "m10", "n"};
  private static final int OPERATIONS_PER_SEED = 60;

  /// How many replaced contents of a memory the tables under test are to keep.
  public static final int REPLACED_VERSIONS_MAX = 3;

  /// New, empty tables, and a way to see all they hold.
  protected abstract Opened open();

  /// Tables under test.
  public record Opened(Tables tables, Supplier<State> look) {
    State state() {
      return look.get();
    }
  }

  @EachSeed
  protected void theSameOperationsGiveTheSameAnswersAsPlainMaps(long seed) {
    Seeds.check(
        seed,
        chance -> {
          var tables = open();
          var plain = new MemoryTables();
          for (var i = 0; i < OPERATIONS_PER_SEED; i++) {
            var operation = chance.between(0, Long.MAX_VALUE - 1);
            assertThat(answer(tables.tables(), new Chance(operation)))
                .as("operation %d", i)
                .isEqualTo(answer(plain, new Chance(operation)));
          }
          assertThat(tables.state()).isEqualTo(plain.state());
        });
  }

  /// Does what `chance` says and returns the answer; lists without an order become sets.
  private static Object answer(Tables tables, Chance chance) {
    var id = chance.oneOf(IDS);
    var other = chance.oneOf("a", "z");
    return switch (chance.below(24)) {
      case 0, 1, 2 -> {
        var content = content(chance, id);
        tables.put(content, Body.read(content.body()), view(chance, id));
        yield "put";
      }
      case 3 -> {
        tables.show(id, view(chance, id));
        yield "shown";
      }
      case 4 -> {
        tables.erase(id);
        yield "erased";
      }
      case 5 -> {
        tables.put(AnyRegister.lifecycle(chance, id));
        yield "put";
      }
      case 6 -> {
        tables.put(AnyRegister.alias(chance, id, chance.percent(50) ? other : id + "x"));
        yield "put";
      }
      case 7 -> {
        tables.put(AnyRegister.link(chance, id, other));
        yield "put";
      }
      case 8 -> {
        tables.put(AnyRegister.standard(chance, id));
        yield "put";
      }
      case 9 -> {
        tables.put(AnyRegister.pending(chance, id), what(chance, other));
        yield "put";
      }
      case 10 -> {
        tables.put(AnyRegister.embedding(chance, id));
        yield "put";
      }
      case 11, 12 -> tables.add(AnyRegister.vote(chance, id));
      case 13 -> tables.add(new LostContent(content(chance, id)));
      case 14 -> {
        tables.keepReplaced(content(chance, id));
        yield "kept";
      }
      case 15 -> {
        var lost = new LostContent(content(chance, id));
        var added = tables.add(lost);
        tables.record(Lane.LOST, lost.key(), null, null);
        yield added;
      }
      case 16 -> {
        var origin = chance.percent(50) ? new Origin("n2", "e2", 7) : null;
        yield tables.record(
            chance.oneOf(Lane.values()), id, origin, chance.percent(50) ? "t" : null);
      }
      case 17 -> {
        var lane = chance.oneOf(Lane.values());
        tables.renumber(lane, id);
        yield List.of(tables.numberHere(lane, id), tables.latestIsHere(lane, id));
      }
      case 18 -> new HashSet<>(tables.deletedFor(chance.oneOf("s1", "s2", "s3")));
      case 19 -> Set.copyOf(tables.aliases(chance.percent(50) ? id : other));
      case 20 -> tables.liveUnder("global", chance.oneOf("t1", "t2"), chance.below(6));
      case 21 -> Set.copyOf(tables.votes(id));
      case 22 ->
          List.of(
              tables.content(id),
              tables.lifecycle(id),
              tables.standard(id),
              tables.pending(id),
              tables.hasPendings(),
              Set.copyOf(tables.promotionsOf(id)),
              Set.copyOf(tables.requestsFor(id)));
      default ->
          List.of(
              tables.alias("a", id),
              tables.alias(id, "z"),
              tables.link(id, other, "related_to"),
              tables.embedding(id),
              tables.hasAliases());
    };
  }

  private static ContentRegister content(Chance chance, String id) {
    var memory = memory(id, chance.oneOf("t1", "t2"));
    return ContentRegister.of(
        id, AnyRegister.stamp(chance), AnyRegister.seen(chance), Body.write(memory));
  }

  private static Memory memory(String id, String title) {
    return AnyMemory.plain(id, title, "some words", Instant.EPOCH);
  }

  private static View view(Chance chance, String id) {
    return new View(
        chance.percent(70) ? id : "public",
        chance.oneOf(Shown.values()),
        chance.percent(50) ? Long.MAX_VALUE : chance.below(6),
        chance.below(6),
        chance.oneOf("", "why not"));
  }

  @Test
  protected void whatWasNeverPutIsAbsent() {
    var tables = open().tables();
    assertThat(tables.hasAliases()).isFalse();
    assertThat(tables.content("m")).isEmpty();
    assertThat(tables.lifecycle("m")).isEmpty();
    assertThat(tables.aliases("m")).isEmpty();
    assertThat(tables.alias("a", "b")).isEmpty();
    assertThat(tables.link("a", "b", "related_to")).isEmpty();
    assertThat(tables.standard("ns")).isEmpty();
    assertThat(tables.pending("p")).isEmpty();
    assertThat(tables.votes("p")).isEmpty();
    assertThat(tables.embedding("m")).isEmpty();
    assertThat(tables.deletedFor("m")).isEmpty();
    assertThat(tables.liveUnder("global", "t1", 0)).isEmpty();
  }

  @EachSeed
  protected void everyRegisterIsGotBackIntactAsItWasPut(long seed) {
    Seeds.check(
        seed,
        chance -> {
          var opened = open();
          var tables = opened.tables();
          var wild = AnyMemory.wild(chance);
          var stamp = new Stamp(chance.between(0, Long.MAX_VALUE - 1), "o" + chance.text(8));
          var content =
              ContentRegister.of(wild.id(), stamp, AnyRegister.seen(chance), Body.write(wild));
          tables.put(content, wild, view(chance, wild.id()));
          var state = chance.oneOf(LifecycleRegister.State.values());
          var successors = new HashSet<String>();
          while (state == LifecycleRegister.State.DELETED && chance.percent(60)) {
            successors.add("s" + chance.text(9));
          }
          var lifecycle = LifecycleRegister.of("m", stamp, state, chance.text(20), successors);
          tables.put(lifecycle);
          var present = chance.percent(50);
          var linkBody = present ? AnyRegister.linkBody("a", "b", "related_to", 1) : "";
          var link = LinkRegister.of("a", "b", "related_to", stamp, present, linkBody);
          tables.put(link);
          var standard =
              StandardRegister.of(
                  "ns", stamp, chance.percent(50) ? "m" : null, chance.percent(50) ? "n" : null);
          tables.put(standard);
          var subscription =
              SubscriptionRegister.of("s", stamp, chance.percent(50) ? chance.text(20) : "");
          tables.put(subscription);
          var pending =
              PendingAction.of("p", stamp, chance.text(50), chance.below(9), stamp.time());
          tables.put(pending, null);
          var vote = Vote.of("p", chance.text(12), chance.percent(50), stamp);
          tables.add(vote);
          var embedding = AnyRegister.embedding(chance, "m");
          tables.put(embedding);
          var alias = AnyRegister.alias(chance, "x" + chance.text(9), "a");
          tables.put(alias);
          var lost = new LostContent(content);
          tables.add(lost);

          assertThat(tables.content(wild.id())).contains(content);
          assertThat(tables.lifecycle("m")).contains(lifecycle);
          assertThat(tables.link("a", "b", "related_to")).contains(link);
          assertThat(tables.standard("ns")).contains(standard);
          assertThat(tables.subscription("s")).contains(subscription);
          assertThat(tables.pending("p")).contains(pending);
          assertThat(tables.votes("p")).containsExactly(vote);
          assertThat(tables.embedding("m")).contains(embedding);
          assertThat(tables.alias(alias.first(), alias.second())).contains(alias);
          assertThat(opened.state().registers()).containsEntry(State.name(lost), lost);
          assertThat(opened.state().registers().values()).hasSize(10).allMatch(Register::intact);
        });
  }

  @Test
  protected void onlyLiveContentsThatHaveNotExpiredAreUnderATitle() {
    var tables = open().tables();
    for (var shown : Shown.values()) {
      put(tables, "m-" + shown, "t1", new View("p-" + shown, shown, 100, 0, ""));
    }
    put(tables, "m-other", "t2", new View("m-other", Shown.LIVE, 100, 0, ""));
    put(tables, "a-never", "t1", new View("a-never", Shown.LIVE, Long.MAX_VALUE, 0, ""));
    assertThat(tables.liveUnder("global", "t1", 99))
        .containsExactly(
            new Tables.LiveContent("a-never", "a-never"),
            new Tables.LiveContent("m-LIVE", "p-LIVE"));
    assertThat(tables.liveUnder("global", "t1", 100))
        .containsExactly(new Tables.LiveContent("a-never", "a-never"));
    assertThat(tables.liveUnder("elsewhere", "t1", 0)).isEmpty();
  }

  @Test
  protected void aGroupIsReachedFromEachOfItsMembers() {
    var tables = open().tables();
    var created = Stamp.of(1, 0, "").timestamp();
    var stamp = Stamp.of(1, 0, "n1");
    var ab = AliasFact.of("a", created, "b", created, stamp);
    var cb = AliasFact.of("c", created, "b", created, stamp);
    var xy = AliasFact.of("x", created, "y", created, stamp);
    tables.put(ab);
    tables.put(cb);
    tables.put(xy);
    assertThat(tables.hasAliases()).isTrue();
    for (var member : List.of("a", "b", "c")) {
      assertThat(tables.aliases(member)).containsExactlyInAnyOrder(ab, cb);
    }
    assertThat(tables.aliases("x")).containsExactly(xy);
    assertThat(tables.aliases("z")).isEmpty();
  }

  @Test
  protected void erasingLeavesNothingOfTheContentAndAllOfItsNeighbours() {
    var opened = open();
    var tables = opened.tables();
    for (var id : IDS) {
      put(tables, id, "t1", new View(id, Shown.LIVE, 100, 0, ""));
      tables.put(LifecycleRegister.of(id, stamp(1), LifecycleRegister.State.LIVE, "", List.of()));
      tables.put(AnyRegister.embedding(new Chance(1), id));
      tables.keepReplaced(content(id, 2));
      var lost = new LostContent(content(id, 3));
      tables.add(lost);
      tables.record(Lane.LOST, lost.key(), null, null);
    }
    tables.erase("m1");
    var state = opened.state();
    assertThat(state.views()).containsOnlyKeys("m", "m-1", "m10", "n");
    assertThat(state.replaced()).hasSize(4).noneMatch(content -> content.id().equals("m1"));
    assertThat(state.changes()).hasSize(4).noneMatch(change -> change.startsWith("LOST m1\n"));
    assertThat(tables.embedding("m1")).isEmpty();
    assertThat(tables.lifecycle("m1")).isPresent();
    assertThat(state.registers()).hasSize(4 * 4 + 1);
  }

  @Test
  protected void pendingActionsAreFoundByTheMemoryTheyAreAbout() {
    var tables = open().tables();
    assertThat(tables.hasPendings()).isFalse();
    tables.put(pending("p1"), new Action.Promote("m"));
    tables.put(pending("p2"), new Action.Delete("m"));
    tables.put(pending("p3"), toStore("m"));
    tables.put(pending("p4"), new Action.Promote("n"));
    tables.put(pending("p5"), null);
    assertThat(tables.hasPendings()).isTrue();
    assertThat(tables.promotionsOf("m")).containsExactly(pending("p1"));
    assertThat(tables.requestsFor("m")).containsExactly(pending("p3"));
    tables.put(pending("p1"), new Action.Promote("n"));
    assertThat(tables.promotionsOf("m")).isEmpty();
    assertThat(tables.promotionsOf("n")).containsExactlyInAnyOrder(pending("p1"), pending("p4"));
  }

  @Test
  protected void erasingAMemoryErasesTheRequestsToStoreItAndNoOther() {
    var tables = open().tables();
    tables.put(pending("p1"), toStore("m"));
    tables.put(pending("p2"), new Action.Promote("m"));
    tables.put(pending("p3"), toStore("m1"));
    tables.record(Lane.PENDING, "p1", null, null);
    assertThat(tables.erase("m")).containsExactly(RegisterName.of(pending("p1")));
    assertThat(tables.pending("p1")).isEmpty();
    assertThat(tables.recordedHere(Lane.PENDING, "p1")).isFalse();
    assertThat(tables.requestsFor("m")).isEmpty();
    assertThat(tables.pending("p2")).isPresent();
    assertThat(tables.pending("p3")).isPresent();
  }

  private static PendingAction pending(String id) {
    return PendingAction.of(id, stamp(1), "{}", 1, 5);
  }

  private static Action.What toStore(String id) {
    return new Action.Store(memory(id, "t"), null);
  }

  private static Action.@Nullable What what(Chance chance, String id) {
    return switch (chance.below(4)) {
      case 0 -> toStore(id);
      case 1 -> new Action.Delete(id);
      case 2 -> new Action.Promote(id);
      default -> null;
    };
  }

  @Test
  protected void aLostContentIsAddedOnceAndStaysLost() {
    var opened = open();
    var tables = opened.tables();
    var content = content("m", 1);
    tables.keepReplaced(content);
    assertThat(opened.state().replaced()).containsExactly(content);
    assertThat(tables.add(new LostContent(content))).isTrue();
    assertThat(tables.add(new LostContent(content))).isFalse();
    tables.keepReplaced(content);
    assertThat(opened.state().replaced()).isEmpty();
    assertThat(opened.state().registers()).hasSize(1);
  }

  @Test
  protected void onlySoManyOfTheNewestReplacedContentsAreKeptAndEveryLostOne() {
    var opened = open();
    var tables = opened.tables();
    for (var millis = 100; millis < 130; millis++)
      tables.add(new LostContent(content("m", millis)));
    for (var millis : List.of(9, 1, 5)) tables.keepReplaced(content("m", millis));
    for (var millis = 10; millis < 10 + REPLACED_VERSIONS_MAX; millis++) {
      tables.keepReplaced(content("m", millis));
    }
    tables.keepReplaced(content("n", 1));
    var state = opened.state();
    assertThat(state.registers()).hasSize(30);
    assertThat(state.replaced())
        .hasSize(REPLACED_VERSIONS_MAX + 1)
        .contains(content("n", 1), content("m", 10));
    assertThat(state.replaced()).doesNotContain(content("m", 9));
  }

  @Test
  protected void aRegisterHasOneNumberAndItsLatestChangeTheGreatest() {
    var opened = open();
    var tables = opened.tables();
    tables.record(Lane.CONTENT, "a", null, null);
    tables.record(Lane.LIFECYCLE, "a", null, "t");
    tables.record(Lane.CONTENT, "a", null, null);
    assertThat(opened.state().changes()).containsExactly("LIFECYCLE a", "CONTENT a");
  }

  @Test
  protected void aChangeFromElsewhereLeavesTheOneMadeHereStanding() {
    var opened = open();
    var tables = opened.tables();
    tables.record(Lane.CONTENT, "a", new Origin("n2", "e2", 1), null);
    assertThat(tables.recordedHere(Lane.CONTENT, "a")).isFalse();
    tables.record(Lane.CONTENT, "a", null, null);
    tables.record(Lane.CONTENT, "b", null, null);
    tables.record(Lane.CONTENT, "a", new Origin("n2", "e2", 2), null);
    tables.record(Lane.CONTENT, "a", new Origin("n3", "e3", 1), null);
    assertThat(tables.recordedHere(Lane.CONTENT, "a")).isTrue();
    assertThat(opened.state().changes()).containsExactly("CONTENT a", "CONTENT b", "CONTENT a");
  }

  @Test
  protected void theLatestChangeOfARegisterMayBeFromElsewhereThoughOneMadeHereHasANumber() {
    var tables = open().tables();
    assertThat(tables.latestIsHere(Lane.LIFECYCLE, "a")).isFalse();
    tables.record(Lane.LIFECYCLE, "a", null, null);
    assertThat(tables.latestIsHere(Lane.LIFECYCLE, "a")).isTrue();
    tables.record(Lane.LIFECYCLE, "a", new Origin("n2", "e2", 1), null);
    assertThat(tables.recordedHere(Lane.LIFECYCLE, "a")).isTrue();
    assertThat(tables.latestIsHere(Lane.LIFECYCLE, "a")).isFalse();
    tables.record(Lane.LIFECYCLE, "a", null, null);
    assertThat(tables.latestIsHere(Lane.LIFECYCLE, "a")).isTrue();
  }

  @Test
  protected void aChangeThatIsNumberedAnewIsTheLastOneAndNoMoreMadeHereThanBefore() {
    var opened = open();
    var tables = opened.tables();
    tables.record(Lane.LIFECYCLE, "theirs", new Origin("n2", "e2", 1), null);
    tables.record(Lane.LIFECYCLE, "ours", null, null);
    tables.record(Lane.CONTENT, "other", null, null);
    tables.renumber(Lane.LIFECYCLE, "theirs");
    tables.renumber(Lane.LIFECYCLE, "ours");
    tables.renumber(Lane.LIFECYCLE, "nobody's");
    assertThat(opened.state().changes())
        .containsExactly("CONTENT other", "LIFECYCLE theirs", "LIFECYCLE ours");
    assertThat(tables.recordedHere(Lane.LIFECYCLE, "theirs")).isFalse();
    assertThat(tables.latestIsHere(Lane.LIFECYCLE, "theirs")).isFalse();
    assertThat(tables.latestIsHere(Lane.LIFECYCLE, "ours")).isTrue();
  }

  @Test
  protected void whateverADeleteErasesOfWhatWasMadeHereIsOwed() {
    var lost = new LostContent(content("m1", 3));
    var keys =
        Map.of(Lane.CONTENT, "m1", Lane.EMBEDDING, "m1", Lane.LOST, lost.key(), Lane.PENDING, "p1");
    keys.forEach((lane, key) -> {
      for (var origin : new Origin[] {null, new Origin("n2", "e2", 1)}) {
        var tables = open().tables();
        tables.add(lost);
        tables.put(pending("p1"), toStore("m1"));
        tables.record(lane, key, origin, null);
        tables.record(Lane.LIFECYCLE, "m1", null, null);
        assertThat(tables.owesContentOf("m1"))
            .as("%s of %s", lane, origin)
            .isEqualTo(origin == null);
        for (var other : List.of("m", "m-1", "m10", "n")) {
          assertThat(tables.owesContentOf(other)).isFalse();
        }
      }
    });
  }

  private static void put(Tables tables, String id, String title, View view) {
    var memory = memory(id, title);
    tables.put(ContentRegister.of(id, stamp(1), Seen.NOTHING, Body.write(memory)), memory, view);
  }

  private static ContentRegister content(String id, long millis) {
    return ContentRegister.of(id, stamp(millis), Seen.NOTHING, "{}");
  }

  private static Stamp stamp(long millis) {
    return Stamp.of(millis, 0, "n1");
  }
}
