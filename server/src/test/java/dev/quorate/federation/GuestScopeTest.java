package dev.quorate.federation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.governance.Action;
import dev.quorate.governance.Approver;
import dev.quorate.memory.Body;
import dev.quorate.memory.Link;
import dev.quorate.memory.Memory;
import dev.quorate.memory.NamespacePattern;
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
import dev.quorate.merge.Vote;
import dev.quorate.store.Store;
import dev.quorate.store.sqlite.SqliteStore;
import dev.quorate.store.sqlite.StoreOptions;
import dev.quorate.time.Stamp;
import dev.quorate.time.Timestamps;
import dev.quorate.wire.Arrival;
import dev.quorate.wire.Item;
import dev.quorate.wire.Plain;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a guest of `team/x` and all below it gets and may write, lane by lane. Here are `open` and
/// `more`, which it gets, `private` in its namespace, and `outside`, which is for everybody but in
/// another one.
class GuestScopeTest {
  private static final String EVERYBODY = "{\"scope\":\"collective\"}";
  private static final Instant CREATED = Instant.EPOCH;
  private static final Stamp STAMP = Stamp.of(1_000, 0, "n9");

  @TempDir Path directory;
  private final GuestScope scope =
      new GuestScope(
          "guest", List.of(new NamespacePattern("team/x/**"), new NamespacePattern("shared")));
  private Store store;

  @BeforeEach
  void open() {
    store = SqliteStore.open(directory, "n1", StoreOptions.readers(1), InstantSource.system());
    store.write(transaction -> {
      transaction.save(memory("open", "team/x", EVERYBODY));
      transaction.save(memory("more", "team/x/y", EVERYBODY));
      transaction.save(memory("private", "team/x", "{}"));
      transaction.save(memory("outside", "team", EVERYBODY));
      return true;
    });
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void itGetsTheMemoriesOfItsNamespacesThatAreNotPrivate() {
    assertThat(gets(content("a", "team/x", EVERYBODY))).isTrue();
    assertThat(gets(content("a", "team/x/y/z", "{\"scope\":\"team\"}"))).isTrue();
    assertThat(gets(content("a", "shared", EVERYBODY))).isTrue();
    assertThat(gets(content("a", "team", EVERYBODY))).isFalse();
    assertThat(gets(content("a", "team/xy", EVERYBODY))).isFalse();
    assertThat(gets(content("a", "shared/below", EVERYBODY))).isFalse();
    assertThat(gets(content("a", "team/x", "{\"scope\":\"private\"}"))).isFalse();
    assertThat(gets(content("a", "team/x", "{\"scope\":\"nonsense\"}"))).isFalse();
    assertThat(gets(content("a", "team/x", "{}"))).isFalse();
  }

  @Test
  void itGetsAPrivateOneThatSaysThatItMayBeSharedAndNoOneOutside() {
    var shared = "{\"federation_share\":true}";
    assertThat(gets(content("a", "team/x", shared))).isTrue();
    assertThat(gets(content("a", "team", shared))).isFalse();
    assertThat(gets(content("a", "team/x", "{\"federation_share\":false}"))).isFalse();
    assertThat(gets(content("a", "team/x", "{\"federation_share\":\"true\"}"))).isFalse();
  }

  @Test
  void itGetsAContentThatLostAsOneThatStands() {
    assertThat(gets(new LostContent(content("a", "team/x", EVERYBODY)))).isTrue();
    assertThat(gets(new LostContent(content("a", "team/x", "{}")))).isFalse();
    assertThat(gets(new LostContent(content("a", "team", EVERYBODY)))).isFalse();
  }

  @Test
  void itGetsTheDeletesOfWhatItKnowsAndTheArchivingsOfWhatItGets() {
    scope.showing(store, List.of("open", "outside"));
    // What it was shown may have become private or moved away since.
    for (var id : List.of("open", "outside")) {
      assertThat(gets(turn(id, State.DELETED))).as(id).isTrue();
    }
    for (var id : List.of("private", "more", "unknown")) {
      assertThat(gets(turn(id, State.DELETED))).as(id).isFalse();
    }
    for (var state : List.of(State.ARCHIVED, State.LIVE)) {
      assertThat(gets(turn("open", state))).isTrue();
      assertThat(gets(turn("private", state))).isFalse();
      assertThat(gets(turn("outside", state))).isFalse();
      assertThat(gets(turn("unknown", state))).isFalse();
    }
  }

  @Test
  void itGetsWhatTiesTwoMemoriesOnlyIfItGetsBoth() {
    assertThat(gets(link("open", "more"))).isTrue();
    assertThat(gets(alias("open", "more"))).isTrue();
    for (var other : List.of("private", "outside", "unknown")) {
      assertThat(gets(link("open", other))).as(other).isFalse();
      assertThat(gets(link(other, "open"))).as(other).isFalse();
      assertThat(gets(alias("open", other))).as(other).isFalse();
      assertThat(gets(alias(other, "open"))).as(other).isFalse();
    }
  }

  @Test
  void itGetsTheVectorsOfWhatItGets() {
    assertThat(gets(vector("open"))).isTrue();
    assertThat(gets(vector("private"))).isFalse();
    assertThat(gets(vector("outside"))).isFalse();
  }

  @Test
  void itGetsTheStandardsOfItsNamespacesIfItGetsTheMemory() {
    assertThat(gets(standard("team/x", "open"))).isTrue();
    assertThat(gets(standard("team/x", null))).isTrue();
    assertThat(gets(standard("team/x", "private"))).isFalse();
    assertThat(gets(standard("team/x", "outside"))).isFalse();
    assertThat(gets(standard("team", "open"))).isFalse();
    assertThat(gets(standard("team", null))).isFalse();
  }

  @Test
  void itGetsAndWritesNothingOfApprovals() {
    var store = new Action.Store(memory("a", "team/x", EVERYBODY), null);
    var payload = new Action(store, "team/x", "ann", new Approver.Human()).payload();
    var pending = PendingAction.of("p", STAMP, payload, 1, 10_000);
    var vote = Vote.of("p", "ann", true, STAMP);
    assertThat(gets(pending)).isFalse();
    assertThat(gets(vote)).isFalse();
    assertThat(writes(pending)).isFalse();
    assertThat(writes(vote)).isFalse();
    assertThat(writes(new Plain.PlainDecision(0, "p", true, "ann"))).isFalse();
    assertThat(
            writes(
                new Plain.PlainPending(
                    0, "p", "store", null, "team/x", "{}", "ann", CREATED, "pending", null, null,
                    List.of())))
        .isFalse();
  }

  @Test
  void itWritesMemoriesInItsNamespaces() {
    for (var metadata : List.of(EVERYBODY, "{}")) {
      assertThat(writes(content("a", "team/x", metadata))).isTrue();
      assertThat(writes(content("a", "team", metadata))).isFalse();
      assertThat(writes(plain(memory("a", "team/x", metadata)))).isTrue();
      assertThat(writes(plain(memory("a", "team", metadata)))).isFalse();
    }
    assertThat(writes(new LostContent(content("a", "team/x", EVERYBODY)))).isTrue();
    assertThat(writes(new LostContent(content("a", "team", EVERYBODY)))).isFalse();
  }

  @Test
  void itMovesNoMemoryInFromOutsideAndNoneOut() {
    assertThat(writes(content("outside", "team/x", EVERYBODY))).isFalse();
    assertThat(writes(new LostContent(content("outside", "team/x", EVERYBODY)))).isFalse();
    assertThat(writes(plain(memory("outside", "team/x", EVERYBODY)))).isFalse();
    assertThat(writes(content("open", "team", EVERYBODY))).isFalse();
    assertThat(writes(content("open", "shared", EVERYBODY))).isTrue();
  }

  @Test
  void itTurnsOnlyMemoriesOfItsNamespaces() {
    for (var state : State.values()) {
      assertThat(writes(turn("open", state))).isTrue();
      assertThat(writes(turn("outside", state))).isFalse();
      assertThat(writes(turn("unknown", state))).isFalse();
    }
    assertThat(writes(new Plain.PlainDeletion(0, "open"))).isTrue();
    assertThat(writes(new Plain.PlainDeletion(0, "outside"))).isFalse();
    assertThat(writes(new Plain.PlainArchive(0, "open"))).isTrue();
    assertThat(writes(new Plain.PlainArchive(0, "outside"))).isFalse();
    assertThat(writes(new Plain.PlainRestore(0, "open"))).isTrue();
    assertThat(writes(new Plain.PlainRestore(0, "outside"))).isFalse();
  }

  @Test
  void itTiesOnlyMemoriesOfItsNamespaces() {
    assertThat(writes(link("open", "more"))).isTrue();
    assertThat(writes(plainLink("open", "more"))).isTrue();
    assertThat(writes(alias("open", "more"))).isTrue();
    for (var other : List.of("outside", "unknown")) {
      assertThat(writes(link("open", other))).as(other).isFalse();
      assertThat(writes(link(other, "open"))).as(other).isFalse();
      assertThat(writes(plainLink("open", other))).as(other).isFalse();
      assertThat(writes(plainLink(other, "open"))).as(other).isFalse();
      assertThat(writes(alias("open", other))).as(other).isFalse();
    }
  }

  @Test
  void itWritesVectorsOfMemoriesOfItsNamespaces() {
    assertThat(writes(vector("open"))).isTrue();
    assertThat(writes(vector("outside"))).isFalse();
    assertThat(writes(new Plain.PlainEmbedding(0, "open", "mini", 1, "AACAPw=="))).isTrue();
    assertThat(writes(new Plain.PlainEmbedding(0, "outside", "mini", 1, "AACAPw=="))).isFalse();
  }

  @Test
  void itSetsAndClearsTheStandardsOfItsNamespacesWithMemoriesOfThem() {
    assertThat(writes(standard("team/x", "open"))).isTrue();
    assertThat(writes(standard("team/x", null))).isTrue();
    assertThat(writes(standard("team/x", "outside"))).isFalse();
    assertThat(writes(standard("team", "open"))).isFalse();
    assertThat(writes(standard("team", null))).isFalse();
    assertThat(writes(new Plain.PlainStandard(0, "team/x", "open", null))).isTrue();
    assertThat(writes(new Plain.PlainStandard(0, "team/x", "outside", null))).isFalse();
    assertThat(writes(new Plain.PlainStandard(0, "team", "open", null))).isFalse();
    assertThat(writes(new Plain.PlainClear(0, "team/x"))).isTrue();
    assertThat(writes(new Plain.PlainClear(0, "team"))).isFalse();
  }

  @Test
  void itTouchesNoPrivateMemoryButOneThatItBrought() {
    assertTouches("private", false);
    store.replicate(transaction -> {
      transaction.peers().showed("guest", List.of("private"));
      return true;
    });
    assertTouches("private", true);
  }

  @Test
  void itTakesNoTitleOfAPrivateMemoryThatItDidNotBring() {
    var twin = memory("a", "team/x", EVERYBODY).withTitle("title of private");
    assertThat(writes(plain(twin))).isFalse();
    // What lost stands under no title.
    var lost = ContentRegister.of("a", STAMP, Seen.NOTHING, Body.write(twin));
    assertThat(writes(new LostContent(lost))).isTrue();
    assertThat(writes(lost)).isFalse();
    store.replicate(transaction -> {
      transaction.peers().showed("guest", List.of("private"));
      return true;
    });
    assertThat(writes(plain(twin))).isTrue();
  }

  private void assertTouches(String id, boolean may) {
    assertThat(writes(content(id, "team/x", EVERYBODY))).isEqualTo(may);
    assertThat(writes(plain(memory(id, "team/x", EVERYBODY)))).isEqualTo(may);
    assertThat(writes(turn(id, State.DELETED))).isEqualTo(may);
    assertThat(writes(new Plain.PlainDeletion(0, id))).isEqualTo(may);
    assertThat(writes(link("open", id))).isEqualTo(may);
    assertThat(writes(vector(id))).isEqualTo(may);
    assertThat(writes(standard("team/x", id))).isEqualTo(may);
  }

  @Test
  void whatIsWrongAnywayIsRefusedForThatAndNotForTheGuest() {
    assertThat(writes(new Arrival.Bad("memories", 0, "title cannot be empty"))).isTrue();
  }

  @Test
  void whoHasNoNamespacesGetsAndWritesNothing() {
    var nobody = new GuestScope("guest", List.of());
    store.read(snapshot -> {
      assertThat(nobody.mayGet(snapshot, content("a", "team/x", EVERYBODY))).isFalse();
      assertThat(nobody.mayGet(snapshot, turn("a", State.DELETED))).isFalse();
      assertThat(nobody.refusal(snapshot, new Plain.PlainClear(0, "team/x"))).isPresent();
      return true;
    });
  }

  private boolean gets(Register register) {
    return store.read(snapshot -> scope.mayGet(snapshot, register));
  }

  private boolean writes(Register register) {
    var item = new Item(register, "n9", "e9", 1, 1, null);
    return writes(new Arrival.Stamped("any", 0, item));
  }

  private boolean writes(Arrival arrival) {
    return store.read(snapshot -> scope.refusal(snapshot, arrival)).isEmpty();
  }

  private static Plain.PlainMemory plain(Memory memory) {
    return new Plain.PlainMemory(0, memory, CREATED);
  }

  private static Plain.PlainLink plainLink(String source, String target) {
    var link = new Link(source, target, Relation.RELATED_TO, CREATED, null, null, null, null);
    return new Plain.PlainLink(0, link);
  }

  private static ContentRegister content(String id, String namespace, String metadata) {
    var body = Body.write(memory(id, namespace, metadata));
    return ContentRegister.of(id, STAMP, Seen.NOTHING, body);
  }

  private static LifecycleRegister turn(String id, State state) {
    return LifecycleRegister.of(id, STAMP, state, "", List.of());
  }

  private static LinkRegister link(String source, String target) {
    return LinkRegister.of(source, target, "related_to", STAMP, true, "{}");
  }

  private static AliasFact alias(String one, String other) {
    var created = Timestamps.render(CREATED);
    return AliasFact.of(one, created, other, created, STAMP);
  }

  private static EmbeddingRegister vector(String id) {
    return EmbeddingRegister.of(id, STAMP, STAMP, "mini", 1, "AACAPw==");
  }

  private static StandardRegister standard(String namespace, @Nullable String id) {
    return StandardRegister.of(namespace, STAMP, id, null);
  }

  private static Memory memory(String id, String namespace, String metadata) {
    return new Memory(
        id,
        namespace,
        "title of " + id,
        "words",
        Tier.MID,
        List.of(),
        5,
        1.0,
        "api",
        CREATED,
        null,
        metadata,
        Provenance.PLAIN,
        1);
  }
}
