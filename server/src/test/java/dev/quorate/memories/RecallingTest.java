package dev.quorate.memories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.quorate.embedding.Embedder;
import dev.quorate.embedding.EmbeddingFailed;
import dev.quorate.embedding.Model;
import dev.quorate.embedding.ModelStatus;
import dev.quorate.embedding.Vector;
import dev.quorate.failure.RequestFailure.Invalid;
import dev.quorate.failure.RequestFailure.Unavailable;
import dev.quorate.governance.Mode;
import dev.quorate.memories.Recalling.Question;
import dev.quorate.memories.Recalling.Recalled;
import dev.quorate.memory.Memory;
import dev.quorate.memory.MemoryKind;
import dev.quorate.memory.Provenance;
import dev.quorate.memory.Tier;
import dev.quorate.merge.ContentRegister;
import dev.quorate.merge.EmbeddingRegister;
import dev.quorate.merge.Lane;
import dev.quorate.search.Filter;
import dev.quorate.search.SearchIndex;
import dev.quorate.store.sqlite.SqliteStore;
import dev.quorate.store.sqlite.StoreOptions;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What recall answers, by words, by meaning, and from the past.
class RecallingTest {
  private static final String MODEL = "fake";
  private static final Vector NEAR = Vector.of(new float[] {1, 0});
  private static final Instant CREATED = Instant.parse("2026-03-01T12:00:00Z");

  @TempDir Path directory;
  private volatile Instant now = CREATED;
  private SqliteStore store;
  private SearchIndex index;
  private Touches touches;

  @BeforeEach
  void open() {
    InstantSource clock = () -> now;
    store = SqliteStore.open(directory, "node-1", StoreOptions.readers(2), clock);
    index = SearchIndex.open(directory.resolve("search"), store, clock, List.of(MODEL));
    touches = new Touches(store, Lifetimes.DEFAULT, clock);
  }

  @AfterEach
  void close() {
    touches.close();
    index.close();
    store.close();
  }

  @Test
  void withoutAnEmbedderWordsCountAndTheAnswerSaysWhy() {
    save("a", "harbour");
    var recalled = recall(Model.off(), "harbour", null, null);
    assertThat(ids(recalled)).containsExactly("a");
    assertThat(recalled.by().mode()).isEqualTo(RecallMode.KEYWORD);
    assertThat(recalled.by().reason()).isEqualTo("no embedder is set");
  }

  @Test
  void meaningAloneWithoutAnEmbedderIsRefused() {
    assertThatThrownBy(() -> recall(Model.off(), "harbour", RecallMode.VECTOR, null))
        .isInstanceOf(Unavailable.class)
        .hasMessage("recall by meaning cannot be had now: no embedder is set");
  }

  @Test
  void withAnEmbedderAParaphraseIsFound() throws InterruptedException {
    save("a", "harbour");
    embed("a");
    try (var model = ready(texts -> texts.stream().map(_ -> NEAR).toList())) {
      var recalled = recall(model, "dock", null, null);
      assertThat(ids(recalled)).containsExactly("a");
      assertThat(recalled.by().mode()).isEqualTo(RecallMode.HYBRID);
      assertThat(recalled.by().reason()).isNull();
      assertThat(ids(recall(model, "dock", RecallMode.VECTOR, null))).containsExactly("a");
      assertThat(ids(recall(model, "dock", RecallMode.KEYWORD, null))).isEmpty();
    }
  }

  @Test
  void anEmbedderThatDoesNotAnswerInTimeLeavesTheWords() throws InterruptedException {
    save("a", "harbour");
    var never = new CountDownLatch(1);
    try (var model =
        ready(texts -> {
          if (!texts.equals(List.of("harbour"))) return List.of(NEAR);
          await(never);
          return List.of(NEAR);
        })) {
      var recalled = recall(model, "harbour", RecallMode.HYBRID, null);
      assertThat(ids(recalled)).containsExactly("a");
      assertThat(recalled.by().reason()).isEqualTo("the embedder did not answer within 200 ms");
      never.countDown();
    }
  }

  @Test
  void whatMeansTheSameIsFoundNearestFirstAndLeavesNoTrace() throws InterruptedException {
    save("far", "harbour");
    save("near", "airport");
    embed("far", Vector.of(new float[] {1, 1}));
    embed("near", NEAR);
    try (var model = ready(texts -> texts.stream().map(_ -> NEAR).toList())) {
      var alike = recalling(model).alike("Title", "words", "global");
      assertThat(alike.nearest().orElseThrow().memory().id()).isEqualTo("near");
      assertThat(alike.nearest().orElseThrow().score()).isCloseTo(1, within(1e-5));
      assertThat(alike.compared()).isEqualTo(2);
      store.write(transaction -> {
        transaction.delete("near", null);
        return true;
      });
      alike = recalling(model).alike("Title", "words", "global");
      assertThat(alike.nearest().orElseThrow().score()).isCloseTo(Math.sqrt(0.5), within(1e-5));
      assertThat(recalling(model).alike("Title", "words", "elsewhere").nearest()).isEmpty();
    }
    assertThatThrownBy(() -> recalling(Model.off()).alike("Title", "words", null))
        .isInstanceOf(Unavailable.class)
        .hasMessage("meanings cannot be compared now: no embedder is set");
  }

  @Test
  void theNearestIsFoundBehindManyThatAreYounger() throws InterruptedException {
    now = CREATED.minus(Duration.ofDays(900));
    save("old", "airport");
    embed("old", Vector.of(new float[] {0.9f, 0.436f}));
    now = CREATED;
    for (var i = 0; i < 60; i++) {
      save("young" + i, "harbour");
      embed("young" + i, Vector.of(new float[] {0.85f, 0.527f}));
    }
    try (var model = ready(texts -> texts.stream().map(_ -> NEAR).toList())) {
      var alike = recalling(model).alike("Title", "words", null);
      assertThat(alike.nearest().orElseThrow().memory().id()).isEqualTo("old");
      assertThat(alike.nearest().orElseThrow().score()).isCloseTo(0.9, within(1e-3));
    }
  }

  @Test
  void thePastIsAnsweredAsItWas() {
    save("a", "harbour");
    now = CREATED.plusSeconds(60);
    save("a", "airport");
    save("later", "harbour");
    var then = CREATED.plusSeconds(30);
    var recalled = recall(Model.off(), "harbour", null, then);
    assertThat(ids(recalled)).containsExactly("a");
    assertThat(recalled.memories().getFirst().memory().memory().content()).isEqualTo("harbour");
    assertThat(recalled.complete()).isTrue();
    assertThat(ids(recall(Model.off(), "airport", null, then))).isEmpty();
    assertThat(ids(recall(Model.off(), "harbour", null, CREATED.minusSeconds(1)))).isEmpty();
  }

  @Test
  void whatWasArchivedSinceIsThereAndWhatWasDeletedMakesItIncomplete() {
    save("archived", "harbour");
    save("deleted", "harbour");
    now = CREATED.plusSeconds(60);
    store.write(transaction -> {
      transaction.archive("archived", "archive");
      transaction.delete("deleted", null);
      return true;
    });
    var recalled = recall(Model.off(), "harbour", null, CREATED.plusSeconds(30));
    assertThat(ids(recalled)).containsExactly("archived");
    assertThat(recalled.complete()).isFalse();
    assertThat(ids(recall(Model.off(), "harbour", null, now))).isEmpty();
  }

  @Test
  void thePastHasNoMeaningAndTheFutureIsNotKnown() {
    assertThatThrownBy(() -> recall(Model.off(), "w", RecallMode.VECTOR, CREATED))
        .isInstanceOf(Invalid.class)
        .hasMessage("as_of goes with mode keyword only: vector");
    assertThatThrownBy(() -> recall(Model.off(), "w", null, now.plusSeconds(1)))
        .isInstanceOf(Invalid.class)
        .hasMessageStartingWith("as_of must not be in the future");
  }

  @Test
  void aMemoryWhoseVectorWasAskedForBeforeIsStoredWithIt() throws InterruptedException {
    try (var model = ready(texts -> texts.stream().map(_ -> NEAR).toList())) {
      recalling(model).alike("T", "harbour", null);
      var remembering = new Remembering(Lifetimes.DEFAULT, model);
      var governing =
          new Governing(Mode.ENFORCE, remembering, new Forgetting(Lifetimes.DEFAULT), Quota.NONE);
      var draft =
          new Draft(
              "T",
              "harbour",
              Tier.LONG,
              "global",
              List.of(),
              5,
              1,
              "api",
              null,
              null,
              "{}",
              Provenance.PLAIN);
      var stored =
          store.write(tx -> governing.store(tx, draft, OnConflict.ERROR, "ai:ann")).value();
      var id = ((Gated.Done<Memory>) stored).value().id();
      var shipped = store.read(snapshot -> snapshot.register(Lane.EMBEDDING, id).isPresent());
      assertThat(shipped).isTrue();
    }
  }

  private Recalled among(Among among, Filter filter, int limit) {
    return recalling(Model.off())
        .recall(new Question("harbour", filter, limit, null, null, null, among), _ -> {});
  }

  /// Changes the file behind the program's back.
  private void tamper(String command) throws SQLException {
    var url = "jdbc:sqlite:" + directory.resolve(SqliteStore.FILE_NAME);
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      statement.execute(command);
    }
  }

  private void archive(String id) {
    store.write(transaction -> {
      transaction.archive(id, "tidy");
      return true;
    });
  }

  @Test
  void archivedMemoriesAreFoundWhereTheyAreAskedFor() {
    save("live", "harbour");
    save("archived", "harbour harbour");
    save("other", "lighthouse");
    archive("archived");
    archive("other");
    assertThat(ids(among(Among.LIVE, Filter.NONE, 10))).containsExactly("live");
    assertThat(ids(among(Among.ARCHIVED, Filter.NONE, 10))).containsExactly("archived");
    assertThat(ids(among(Among.LIVE_AND_ARCHIVED, Filter.NONE, 10)))
        .containsExactlyInAnyOrder("live", "archived");
    assertThat(among(Among.LIVE_AND_ARCHIVED, Filter.NONE, 1).memories()).hasSize(1);
    assertThat(ids(among(Among.ARCHIVED, Filter.in("elsewhere"), 10))).isEmpty();
    store.write(transaction -> {
      transaction.revive("archived");
      return true;
    });
    assertThat(ids(among(Among.ARCHIVED, Filter.NONE, 10))).isEmpty();
    assertThat(ids(among(Among.LIVE_AND_ARCHIVED, Filter.NONE, 10)))
        .containsExactlyInAnyOrder("live", "archived");
  }

  @Test
  void whatExpiredIsFoundInTheArchive() {
    save("expiring", "harbour", CREATED.plusSeconds(60));
    now = CREATED.plusSeconds(61);
    assertThat(ids(among(Among.LIVE, Filter.NONE, 10))).isEmpty();
    var found = among(Among.ARCHIVED, Filter.NONE, 10);
    assertThat(ids(found)).containsExactly("expiring");
    assertThat(found.complete()).isTrue();
  }

  @Test
  void anArchiveThatIsTooLongForTheHeapIsSearchedInPart() {
    var length = 60_000;
    var words = "harbour " + "x".repeat(length);
    var fitting = (int) (LookRoom.CHARACTERS_MAX / length);
    for (var number = 0; number <= fitting; number++) {
      save("long" + number, words);
      archive("long" + number);
    }
    var found = among(Among.ARCHIVED, Filter.NONE, 10);
    assertThat(found.memories()).hasSize(10);
    assertThat(found.complete()).isFalse();
    now = CREATED.plusSeconds(60);
    var past = CREATED.plusSeconds(1);
    assertThat(at(past).complete()).isFalse();
  }

  @Test
  void whatWasLongThenTakesItsRoomThoughItIsShortNow() {
    var length = 60_000;
    var count = (int) (LookRoom.CHARACTERS_MAX / length) + 1;
    for (var number = 0; number < count; number++) {
      save("long" + number, "harbour " + "x".repeat(length));
    }
    var then = now.plusSeconds(1);
    now = then.plusSeconds(1);
    for (var number = 0; number < count; number++) save("long" + number, "harbour");
    assertThat(at(then).complete()).isFalse();
    assertThat(at(now).complete()).isTrue();
  }

  private Recalled at(Instant moment) {
    var question = new Question("harbour", Filter.NONE, 10, null, null, moment, Among.LIVE);
    return recalling(Model.off()).recall(question, _ -> {});
  }

  @Test
  void aDamagedMemoryTakesNoOtherOutOfTheAnswer() throws SQLException {
    save("sound", "harbour");
    save("damaged", "harbour");
    archive("sound");
    archive("damaged");
    tamper("UPDATE contents SET body = 'x' || body WHERE id = 'damaged'");
    var found = among(Among.ARCHIVED, Filter.NONE, 10);
    assertThat(ids(found)).containsExactly("sound");
    assertThat(found.complete()).isFalse();
    save("live", "harbour");
    save("broken", "harbour");
    tamper("UPDATE contents SET body = '{}' WHERE id = 'broken'");
    now = now.plusSeconds(1);
    var then = at(now);
    assertThat(ids(then)).containsExactly("live");
    assertThat(then.complete()).isFalse();
  }

  @Test
  void recallingAnArchivedMemoryLeavesNoTrace() {
    save("live", "harbour");
    save("archived", "harbour");
    archive("archived");
    among(Among.LIVE_AND_ARCHIVED, Filter.NONE, 10);
    // Asked before anything can have been written down, and after all of it has.
    assertThat(touches.pending("archived").count()).isZero();
    touches.close();
    assertThat(store.read(snapshot -> snapshot.memory("archived")).orElseThrow().accessCount())
        .isZero();
    assertThat(store.read(snapshot -> snapshot.memory("live")).orElseThrow().accessCount())
        .isEqualTo(1);
  }

  @Test
  void theArchiveHasNoMeaningAndNoPast() {
    var byMeaning =
        new Question("harbour", Filter.NONE, 10, null, RecallMode.VECTOR, null, Among.ARCHIVED);
    assertThatThrownBy(() -> recalling(Model.off()).recall(byMeaning, _ -> {}))
        .isInstanceOf(Invalid.class)
        .hasMessage("archived goes with mode keyword only: vector");
    var then = new Question("harbour", Filter.NONE, 10, null, null, CREATED, Among.ARCHIVED);
    assertThatThrownBy(() -> recalling(Model.off()).recall(then, _ -> {}))
        .isInstanceOf(Invalid.class)
        .hasMessageStartingWith("archived does not go with as_of");
  }

  private Recalled recall(
      Model model, String text, @Nullable RecallMode mode, @Nullable Instant asOf) {
    return recalling(model)
        .recall(new Question(text, Filter.NONE, 10, null, mode, asOf, Among.LIVE), _ -> {});
  }

  private Recalling recalling(Model model) {
    return new Recalling(store, index, Serving.by(model), touches);
  }

  private static List<String> ids(Recalled recalled) {
    return recalled.memories().stream().map(scored -> scored.memory().id()).toList();
  }

  private void save(String id, String content) {
    save(id, content, null);
  }

  private void save(String id, String content, @Nullable Instant expiresAt) {
    var provenance =
        new Provenance(
            MemoryKind.OBSERVATION,
            0,
            null,
            null,
            "[]",
            null,
            null,
            Provenance.CALLER_PROVIDED,
            null,
            null);
    var memory =
        new Memory(
            id,
            "global",
            "title of " + id,
            content,
            Tier.LONG,
            List.of(),
            5,
            1,
            "api",
            now,
            expiresAt,
            "{}",
            provenance,
            1);
    store.write(transaction -> transaction.save(memory));
  }

  private void embed(String id) {
    embed(id, NEAR);
  }

  private void embed(String id, Vector vector) {
    store.write(transaction -> {
      var content =
          transaction.register(Lane.CONTENT, id).map(ContentRegister.class::cast).orElseThrow();
      return transaction.merge(
          EmbeddingRegister.of(
              id, content.stamp(), transaction.stamp(), MODEL, 2, vector.encoded()));
    });
  }

  private static Model ready(Embedding embedding) throws InterruptedException {
    var model =
        Model.loading(
            MODEL,
            () ->
                new Embedder() {
                  @Override
                  public String model() {
                    return MODEL;
                  }

                  @Override
                  public List<Vector> embed(List<String> texts) throws EmbeddingFailed {
                    return embedding.of(texts);
                  }

                  @Override
                  public void close() {}
                },
            _ -> {});
    var end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!(model.status() instanceof ModelStatus.Ready) && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    return model;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// What an embedder of a test answers.
  private interface Embedding {
    List<Vector> of(List<String> texts);
  }
}
