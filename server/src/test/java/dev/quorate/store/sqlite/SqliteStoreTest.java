package dev.quorate.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quorate.memory.AnyMemory;
import dev.quorate.memory.Body;
import dev.quorate.memory.Link;
import dev.quorate.memory.Memory;
import dev.quorate.memory.Relation;
import dev.quorate.merge.ContentRegister;
import dev.quorate.merge.Lane;
import dev.quorate.merge.LifecycleRegister;
import dev.quorate.merge.LifecycleRegister.State;
import dev.quorate.merge.Seen;
import dev.quorate.store.Change;
import dev.quorate.store.ListQuery;
import dev.quorate.store.Origin;
import dev.quorate.store.RecordedOutcome;
import dev.quorate.store.Snapshot;
import dev.quorate.store.StoredMemory;
import dev.quorate.store.Totals;
import dev.quorate.store.Transaction;
import dev.quorate.store.Version;
import dev.quorate.time.Stamp;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What is written is what readers see.
@Timeout(60)
class SqliteStoreTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final long START_MILLIS = START.toEpochMilli();

  @TempDir private Path directory;
  private final SettableClock clock = new SettableClock(START);
  private SqliteStore store;

  @BeforeEach
  void open() {
    store = SqliteStore.open(directory, "n1", StoreOptions.readers(1), clock);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void aMutationSeesItsOwnWritesAndReadersSeeThemWhenItIsAnswered() {
    write(t -> {
      t.save(memory("m1"));
      assertThat(t.memory("m1")).isPresent();
      assertThat(found("m1")).isEmpty();
    });
    var stored = found("m1").orElseThrow();
    assertThat(stored.memory()).isEqualTo(memory("m1"));
    assertThat(stored.live()).isTrue();
    assertThat(stored.stamp()).isEqualTo(Stamp.of(START_MILLIS, 0, "n1"));
  }

  @Test
  void asManyReplacedVersionsAreKeptAsTheStoreWasOpenedFor() {
    for (var kept : List.of(2, 0)) {
      store.close();
      store = SqliteStore.open(directory, "n1", new StoreOptions(1, kept, false), clock);
      for (var edit = 0; edit < 5; edit++) write(t -> t.save(memory("m1")));
      var history = store.read(s -> s.history("m1"));
      assertThat(history).hasSize(kept);
    }
  }

  @Test
  void everyEditHasTheNextVersionAndANewEntityTag() {
    write(t -> t.save(memory("m1")));
    var first = found("m1").orElseThrow();
    write(t -> t.save(first.memory()));
    var second = found("m1").orElseThrow();
    assertThat(second.memory().version()).isEqualTo(2);
    assertThat(second.etag()).isNotEqualTo(first.etag()).matches("\"[0-9a-f]+-n1\"");
    assertThat(second.stamp().isAfter(first.stamp())).isTrue();
  }

  @Test
  void anEditOfAGroupHasTheNextVersionOfWhatItShows() {
    write(t -> t.save(memory("a")));
    for (var edit = 0; edit < 4; edit++) write(t -> t.save(memory("b").withTitle("other")));
    write(t -> t.save(memory("b").withTitle("title of a")));
    var shown = found("b").orElseThrow();
    assertThat(shown.id()).isEqualTo("a");
    assertThat(shown.memory().version()).isEqualTo(5);
    write(t -> t.save(shown.memory()));
    assertThat(found("b").orElseThrow().memory().version()).isEqualTo(6);
  }

  @Test
  void theTwentyNewestReplacedVersionsAreKept() {
    for (var edit = 0; edit < 30; edit++) write(t -> t.save(memory("m1")));
    var history = history("m1");
    assertThat(history).hasSize(20).noneMatch(Version::lost);
    assertThat(history.stream().map(v -> Body.read(v.body()).version()))
        .startsWith(29L, 28L)
        .endsWith(11L, 10L);
  }

  @Test
  void whatLostAMergeIsInTheHistoryAsLost() {
    write(t -> t.save(memory("m1")));
    var mine = found("m1").orElseThrow();
    var theirs = elsewhere(memory("m1").withTitle("theirs"), START_MILLIS + 5);
    write(t -> t.merge(theirs));
    assertThat(found("m1").orElseThrow().memory().title()).isEqualTo("theirs");
    assertThat(history("m1")).containsExactly(new Version(mine.stamp(), mine.body(), true));
  }

  @Test
  void aDeleteErasesEverythingThatSpeaksOfTheMemory() {
    write(t -> t.save(memory("m1")));
    write(t -> t.save(memory("m1")));
    write(t -> t.save(memory("m2")));
    write(t -> t.recordAccess("m1", 3, 5));
    write(t -> t.recordOutcome("key 1", outcome("m1", "m2")));
    write(t -> t.recordOutcome("key 2", outcome("m2")));
    write(t -> t.delete("m1", null));
    assertThat(found("m1")).isEmpty();
    assertThat(history("m1")).isEmpty();
    assertThat(recorded("key 1").orElseThrow().body()).isEmpty();
    assertThat(recorded("key 2")).isPresent();
    assertThat(deleted("m1")).isTrue();
    assertThat(deleted("m2")).isFalse();
    var secret = "words of m1";
    assertThat(dump()).doesNotContain(secret).contains("words of m2");
  }

  @Test
  void aDeleteOfAnyMemberErasesTheOutcomesOfEachMember() {
    write(t -> t.save(memory("a")));
    write(t -> t.save(memory("b").withTitle("title of a")));
    write(t -> t.recordOutcome("key a", outcome("a")));
    write(t -> t.recordOutcome("key b", outcome("b")));
    write(t -> t.recordAccess("b", 3, 5));
    write(t -> t.delete("b", null));
    assertThat(found("a")).isEmpty();
    assertThat(recorded("key a").orElseThrow().body()).isEmpty();
    assertThat(recorded("key b").orElseThrow().body()).isEmpty();
    assertThat(dump()).doesNotContain("words of");
  }

  @Test
  void anOutcomeIsReplacedWithTheMemoriesItSpeaksOf() {
    write(t -> t.save(memory("m1")));
    write(t -> t.save(memory("m2")));
    write(t -> t.recordOutcome("key", outcome("m1")));
    write(t -> t.recordOutcome("key", outcome("m2")));
    write(t -> t.delete("m1", null));
    assertThat(recorded("key")).isPresent();
    write(t -> t.forgetOutcomesBefore(START_MILLIS));
    assertThat(recorded("key")).isPresent();
    write(t -> t.forgetOutcomesBefore(START_MILLIS + 1));
    assertThat(recorded("key")).isEmpty();
  }

  @Test
  void aMemoryIsFoundByEachOfItsIdsUnderTheOneCreatedFirst() {
    write(t -> t.save(memory("b")));
    write(t -> t.save(created("a", 5).withTitle("title of b")));
    for (var id : List.of("a", "b")) {
      var stored = found(id).orElseThrow();
      assertThat(stored.id()).isEqualTo("b");
      assertThat(stored.memory().id()).isEqualTo("b");
      assertThat(stored.memory().content()).isEqualTo("words of a");
      assertThat(members(id)).containsExactlyInAnyOrder("a", "b");
    }
    assertThat(list()).hasSize(1);
    assertThat(titled("title of b")).map(StoredMemory::id).hasValue("b");
    write(t -> t.archive("a", "why"));
    assertThat(found("b").orElseThrow().live()).isFalse();
    write(t -> t.revive("a"));
    assertThat(found("b").orElseThrow().live()).isTrue();
    write(t -> t.recordAccess("b", 2, 7));
    assertThat(found("a").orElseThrow().accessCount()).isEqualTo(2);
  }

  @Test
  void aMemoryIsArchivedWhenItsExpiryPassesAndStaysSoWhenItIsCollected() {
    write(t -> t.save(memory("m1").withExpiry(START.plusMillis(10))));
    write(t -> t.save(memory("m2")));
    clock.move(9);
    assertThat(found("m1").orElseThrow().live()).isTrue();
    clock.move(1);
    for (var collected = 0; collected < 2; collected++) {
      var stored = found("m1").orElseThrow();
      assertThat(stored.archived())
          .isEqualTo(new StoredMemory.Archived(START.plusMillis(10), "ttl_expired", true));
      assertThat(list()).extracting(StoredMemory::id).containsExactly("m2");
      assertThat(archived()).containsExactly(stored);
      assertThat(archivedBefore(START.plusMillis(10))).containsExactly("m1");
      assertThat(archivedBefore(START.plusMillis(9))).isEmpty();
      assertThat(titled("title of m1")).isEmpty();
      assertThat(totals().archived()).isEqualTo(1);
      assertThat(totals().total()).isEqualTo(2 - collected);
      var count = store.write(t -> t.collectExpired(10)).value();
      assertThat(count).isEqualTo(1 - collected);
    }
    write(t -> t.save(memory("m1").withExpiry(START.plusMillis(500))));
    assertThat(found("m1").orElseThrow().live()).isTrue();
  }

  @Test
  void aRestoredMemoryOutlivesTheExpiryThatHadPassed() {
    write(t -> t.save(memory("m1").withExpiry(START.plusMillis(10))));
    clock.move(20);
    write(t -> t.collectExpired(10));
    write(t -> t.revive("m1"));
    assertThat(found("m1").orElseThrow().live()).isTrue();
    assertThat(list()).hasSize(1);
  }

  @Test
  void collectingChangesNoRegister() {
    write(t -> t.save(memory("m1").withExpiry(START.plusMillis(10))));
    clock.move(20);
    var before = store.committedSequence();
    write(t -> t.collectExpired(10));
    assertThat(store.committedSequence()).isEqualTo(before);
  }

  @Test
  void linksAreShownBetweenLiveMemoriesUnderTheIdsThatAreShown() {
    write(t -> t.save(memory("a")));
    write(t -> t.save(memory("c")));
    write(t -> t.save(memory("b").withTitle("title of b")));
    write(t -> t.link(link("b", "c")));
    assertThat(links("c")).containsExactly(link("b", "c"));
    write(t -> t.save(memory("b").withTitle("title of a")));
    assertThat(links("c")).containsExactly(link("a", "c"));
    assertThat(links("b")).isEqualTo(links("c")).isEqualTo(links("a"));
    write(t -> t.archive("c", "why"));
    assertThat(links("a")).isEmpty();
    write(t -> t.revive("c"));
    write(t -> t.unlink("b", "c", "related_to"));
    assertThat(links("a")).isEmpty();
  }

  @Test
  void aLinkThatMoreThanOneMemberOfAGroupHasIsShownOnce() {
    for (var id : List.of("a", "b", "c")) write(t -> t.save(memory(id)));
    write(t -> t.link(link("b", "c")));
    clock.move(5);
    write(t -> t.link(link("a", "c")));
    write(t -> t.link(link("a", "b")));
    write(t -> t.save(memory("b").withTitle("title of a")));
    assertThat(links("c")).containsExactly(link("a", "c"));
    assertThat(everyLink()).containsExactly(link("a", "c"));
  }

  @Test
  void changesComeInOrderAndTellWhatBelongsTogether() {
    write(t -> t.save(memory("m1")));
    write(t -> {
      t.save(memory("m2"));
      t.together();
      t.save(memory("m3"));
      t.archive("m1", "why");
    });
    var changes = changes(0, 10);
    assertThat(changes).extracting(Change::sequence).containsExactly(1L, 2L, 3L, 4L);
    assertThat(changes).extracting(Change::key).containsExactly("m1", "m2", "m3", "m1");
    assertThat(changes).allMatch(c -> c.origin().equals("n1"));
    assertThat(changes).allMatch(c -> c.originEpoch().equals(store.epoch()));
    assertThat(changes.get(0).together()).isNull();
    assertThat(changes.get(1).together()).isNull();
    assertThat(changes.get(2).together()).isNotNull().isEqualTo(changes.get(3).together());
    assertThat(changes(2, 1)).containsExactly(changes.get(2));
  }

  @Test
  void aListingIsPagedWithoutGapsAndDuplicates() {
    for (var i = 0; i < 25; i++) {
      var memory = memory("m" + i).withPriority(1 + i % 3);
      write(t -> t.save(memory));
    }
    var paged = new ArrayList<StoredMemory>();
    ListQuery.Position after = null;
    while (true) {
      var query = new ListQuery(null, null, 1, null, null, null, null, after, 4, 0);
      var page = store.read(s -> s.list(query));
      paged.addAll(page);
      if (page.size() < 4) break;
      var last = page.getLast();
      after = new ListQuery.Position(last.memory().priority(), last.stamp().time(), last.id());
    }
    assertThat(paged).hasSize(25).doesNotHaveDuplicates().isEqualTo(list());
    assertThat(paged.getFirst().memory().priority()).isEqualTo(3);
    assertThat(paged.getFirst().id()).isEqualTo("m23");
  }

  @Test
  void numbersThatAMutationUsedUpBeforeItWasUndoneCountInTheLastOne() {
    write(t -> t.save(memory("m1")));
    assertThatThrownBy(() ->
            write(t -> {
              t.save(memory("m2"));
              t.save(memory("m3"));
              throw new IllegalStateException("changed its mind");
            }))
        .hasMessage("changed its mind");
    assertThat(changes(0, 10)).hasSize(1);
    assertThat(lastSequence()).isEqualTo(3).isEqualTo(store.committedSequence());
    store.close();
    store = SqliteStore.open(directory, "n1", StoreOptions.readers(1), clock);
    assertThat(lastSequence()).isEqualTo(3).isEqualTo(store.committedSequence());
    write(t -> t.save(memory("m4")));
    assertThat(changes(3, 10)).extracting(Change::sequence).containsExactly(4L);
  }

  @Test
  void aDeleteFromElsewhereThatTakesEffectLateIsToldOnceMoreWithItsOrigin() {
    write(t -> t.receive(elsewhere(memory("m4"), START_MILLIS), new Origin("n2", "e2", 8), null));
    write(t -> t.receive(waiting("m4", "m5"), new Origin("n2", "e2", 9), null));
    var waits = latest("m4");
    write(t -> t.receive(elsewhere(memory("m5"), START_MILLIS), new Origin("n2", "e2", 3), null));
    var after = latest("m4");
    assertThat(after.sequence()).isGreaterThan(waits.sequence()).isEqualTo(lastSequence());
    assertThat(List.of(after.origin(), after.originEpoch())).isEqualTo(List.of("n2", "e2"));
    assertThat(after.originSequence()).isEqualTo(9);
  }

  @Test
  void accessIsCountedOnThisNodeAlone() {
    write(t -> t.save(memory("m1")));
    var before = store.committedSequence();
    write(t -> t.recordAccess("m1", 2, 50));
    write(t -> t.recordAccess("m1", 3, 40));
    var stored = found("m1").orElseThrow();
    assertThat(stored.accessCount()).isEqualTo(5);
    assertThat(stored.lastAccessedAt()).isEqualTo(Instant.ofEpochMilli(50));
    assertThat(store.committedSequence()).isEqualTo(before);
    write(t -> t.recordAccess("m1", 2_000_000, 60));
    assertThat(found("m1").orElseThrow().accessCount()).isEqualTo(1_000_000);
  }

  private void write(Consumer<Transaction> mutation) {
    var committed =
        store.write(t -> {
          mutation.accept(t);
          return true;
        });
    assertThat(committed.value()).isTrue();
  }

  private long lastSequence() {
    return store.read(snapshot -> snapshot.changes().lastSequence());
  }

  private Change latest(String id) {
    return store.read(s -> s.changes().latest(Lane.LIFECYCLE, id).orElseThrow());
  }

  private static LifecycleRegister waiting(String id, String successor) {
    var stamp = Stamp.of(START_MILLIS, 6, "n2");
    return LifecycleRegister.of(id, stamp, State.DELETED, "", List.of(successor));
  }

  private Optional<StoredMemory> found(String id) {
    return store.read(s -> s.memory(id));
  }

  private boolean deleted(String id) {
    return store.write(t -> t.deleted(id)).value();
  }

  private List<Version> history(String id) {
    return store.read(s -> s.history(id));
  }

  private List<String> members(String id) {
    return store.read(s -> s.members(id));
  }

  private Optional<RecordedOutcome> recorded(String key) {
    return store.read(s -> s.recordedOutcome(key));
  }

  private List<Link> links(String id) {
    return store.read(s -> s.links().of(id).stream().map(stored -> stored.link()).toList());
  }

  private List<Link> everyLink() {
    return store.read(s -> {
      var all = new ArrayList<Link>();
      s.links().forEach(all::add);
      return all;
    });
  }

  private Optional<StoredMemory> titled(String title) {
    return store.read(s -> s.liveByTitle("global", title));
  }

  private List<StoredMemory> archived() {
    return store.read(s -> s.archived(null, 10, 0));
  }

  private List<String> archivedBefore(Instant before) {
    return store.read(s -> s.archivedBefore(before, 10));
  }

  private List<Change> changes(long after, int limit) {
    return store.read(s -> s.changes().after(after, limit));
  }

  private Totals totals() {
    return store.read(Snapshot::totals);
  }

  private List<StoredMemory> list() {
    var all = new ListQuery(null, null, 1, null, null, null, null, null, 100, 0);
    return store.read(s -> s.list(all));
  }

  /// Every text in every column of the store.
  private String dump() {
    return TableDump.of(directory.resolve(SqliteStore.FILE_NAME));
  }

  private static RecordedOutcome outcome(String... memoryIds) {
    return new RecordedOutcome(
        "00", 201, "words of " + memoryIds[0], List.of(memoryIds), START_MILLIS, 1);
  }

  private static Link link(String source, String target) {
    return new Link(source, target, Relation.RELATED_TO, START, START, null, null, null);
  }

  private static ContentRegister elsewhere(Memory memory, long millis) {
    return ContentRegister.of(
        memory.id(), Stamp.of(millis, 0, "n2"), Seen.NOTHING, Body.write(memory));
  }

  private static Memory memory(String id) {
    return created(id, 1);
  }

  private static Memory created(String id, long createdMillis) {
    return AnyMemory.plain(
        id, "title of " + id, "words of " + id, Instant.ofEpochMilli(createdMillis));
  }
}
