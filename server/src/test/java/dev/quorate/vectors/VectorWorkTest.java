package dev.quorate.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.embedding.Embedder;
import dev.quorate.embedding.EmbeddingFailed;
import dev.quorate.embedding.Model;
import dev.quorate.embedding.Vector;
import dev.quorate.failure.RequestFailure.Overloaded;
import dev.quorate.memory.AnyMemory;
import dev.quorate.memory.Body;
import dev.quorate.merge.ContentRegister;
import dev.quorate.merge.EmbeddingRegister;
import dev.quorate.merge.Lane;
import dev.quorate.merge.Seen;
import dev.quorate.store.Origin;
import dev.quorate.store.Store;
import dev.quorate.store.sqlite.SqliteStore;
import dev.quorate.store.sqlite.StoreOptions;
import dev.quorate.time.Stamp;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class VectorWorkTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration ABSENT = Duration.ofMillis(300);

  private final Map<String, String> others = new ConcurrentHashMap<>();
  private final Counting embedder = new Counting();
  private final List<String> warnings = new CopyOnWriteArrayList<>();
  @TempDir private Path directory;
  private Store store;

  @BeforeEach
  void open() {
    store = SqliteStore.open(directory, "self", StoreOptions.readers(2), InstantSource.system());
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void everyMemoryGetsItsVectorOnce() {
    for (var i = 0; i < 40; i++) save("before-" + i, "Title " + i, "text");
    try (var work = work("m")) {
      for (var i = 40; i < 60; i++) save("after-" + i, "Title " + i, "text");
      await(work, new Progress(0, 60, 0));
    }
    assertThat(embedder.texts).hasSize(60).doesNotHaveDuplicates().contains("Title 7\ntext");
  }

  @Test
  void theVectorIsThatOfTheContentAsItIs() {
    try (var work = work("m")) {
      save("a", "Title", "old");
      await(work, new Progress(0, 1, 0));
      var stamp = save("a", "Title", "new");
      await(() -> vector("a").filter(v -> v.contentStamp().equals(stamp)).isPresent());
    }
    var vector = vector("a").orElseThrow();
    assertThat(vector.model()).isEqualTo("m");
    assertThat(vector.dimension()).isEqualTo(3);
    assertThat(vector.intact()).isTrue();
    assertThat(Vector.decode(vector.vector())).isEqualTo(Counting.of("Title\nnew"));
  }

  @Test
  void aVectorOfAnOlderContentCountsAsPending() {
    embedder.gateAfter = 1;
    try (var work = work("m")) {
      save("a", "Title", "old");
      await(work, new Progress(0, 1, 0));
      save("a", "Title", "new");
      await(work, new Progress(1, 0, 0));
      embedder.open.countDown();
      await(work, new Progress(0, 1, 0));
    }
  }

  @Test
  void aChangeThatLeavesTheTextKeepsTheVectorWithoutTheModel() {
    try (var work = work("m")) {
      save("a", "Title", "text");
      await(work, new Progress(0, 1, 0));
      var memory = store.read(snapshot -> snapshot.memory("a")).orElseThrow().memory();
      var stamp = store.write(transaction -> transaction.save(memory.withVersion(9))).value();
      await(() -> vector("a").filter(v -> v.contentStamp().equals(stamp)).isPresent());
    }
    assertThat(embedder.texts).containsExactly("Title\ntext");
  }

  @Test
  void aRestartInTheMiddleGoesOnWhereItWas() {
    for (var i = 0; i < 64; i++) save("m-" + i, "Title " + i, "text");
    embedder.gateAfter = 32;
    try (var _ = work("m")) {
      await(() -> embedder.texts.size() > 32);
      embedder.open.countDown();
    }
    var first = embedder.texts.size();
    assertThat(first).isLessThan(64);
    try (var work = work("m")) {
      await(work, new Progress(0, 64, 0));
    }
    // Only a batch whose vectors were not kept any more may be asked for twice.
    assertThat(embedder.texts.size()).isBetween(64, 64 + 16);
  }

  @Test
  void aMemoryThatIsDeletedMeanwhileLeavesNothing() {
    embedder.gateAfter = 0;
    try (var work = work("m")) {
      save("a", "Title", "text");
      await(() -> embedder.texts.size() == 1);
      store.write(transaction -> {
        transaction.delete("a", null);
        return true;
      });
      embedder.open.countDown();
      save("b", "Other", "text");
      await(work, new Progress(0, 1, 0));
    }
    assertThat(vector("a")).isEmpty();
    assertThat(vector("b")).isPresent();
  }

  @Test
  void anotherModelMakesAllVectorsAgainAndTheOldServeUntilThen() {
    for (var i = 0; i < 5; i++) save("m-" + i, "Title " + i, "text");
    try (var work = work("old")) {
      await(work, new Progress(0, 5, 0));
    }
    // The end of the first model let go whatever waited.
    embedder.open = new CountDownLatch(1);
    embedder.gateAfter = 5;
    try (var work = work("new")) {
      await(work, new Progress(5, 0, 0));
      assertThat(vector("m-0").orElseThrow().model()).isEqualTo("old");
      embedder.open.countDown();
      await(work, new Progress(0, 5, 0));
      assertThat(vector("m-0").orElseThrow().model()).isEqualTo("new");
    }
  }

  @Test
  void aTextThatCannotBeEmbeddedHoldsUpNoOther() {
    save("a", "First", "bad");
    save("b", "Second", "good");
    save("c", "Third", "bad");
    try (var work = work("m")) {
      await(work, new Progress(0, 1, 2));
      assertThat(vector("b")).isPresent();
      save("a", "First", "good now");
      await(() -> vector("a").isPresent());
    }
  }

  @Test
  void whatFailedIsTriedAgainWhenEverythingIsLookedThrough() {
    save("a", "First", "bad");
    save("b", "Second", "good");
    try (var work = work("m", Duration.ofMinutes(5))) {
      await(work, new Progress(0, 1, 1));
      embedder.canReadAll = true;
      work.again();
      await(work, new Progress(0, 2, 0));
    }
  }

  @Test
  void whatIsNewDoesNotWaitForTheWholeBacklog() {
    var backlog = 2_100;
    store.write(transaction -> {
      for (var i = 0; i < backlog; i++) {
        transaction.save(AnyMemory.plain("m-" + i, "Title " + i, "text", Instant.EPOCH));
      }
      return true;
    });
    embedder.gateAfter = 16;
    // As long as the mesh looks the same nothing is looked through from the beginning.
    try (var work = work("m", Duration.ofMinutes(5))) {
      await(() -> embedder.texts.size() > 16);
      save("new", "New", "text");
      embedder.open.countDown();
      await(work, new Progress(0, backlog + 1, 0));
    }
    assertThat(embedder.texts.indexOf("New\ntext")).isLessThan(backlog);
    assertThat(embedder.texts).hasSize(backlog + 1);
  }

  @Test
  void aVectorOfAnotherModelServesNoEditThatLeavesTheText() {
    save("a", "Title", "text");
    try (var work = work("old")) {
      await(work, new Progress(0, 1, 0));
    }
    var memory = store.read(snapshot -> snapshot.memory("a")).orElseThrow().memory();
    store.write(transaction -> transaction.save(memory.withVersion(9)));
    try (var work = work("new")) {
      await(work, new Progress(0, 1, 0));
    }
    assertThat(vector("a").orElseThrow().model()).isEqualTo("new");
    assertThat(embedder.texts).containsExactly("Title\ntext", "Title\ntext");
  }

  @Test
  void aModelOfAnotherDimensionMakesAllVectorsAgainWhatFailedIncluded() {
    for (var i = 0; i < 5; i++) save("m-" + i, "Title " + i, "text");
    save("bad", "Title", "bad");
    try (var work = work("m", Duration.ofMinutes(5))) {
      await(work, new Progress(0, 5, 1));
      // The next text tells, and is asked for twice: of the model as it was, and as it is.
      embedder.gateAfter = embedder.texts.size() + 2;
      embedder.canReadAll = true;
      embedder.wideAfter = 0;
      save("new", "New", "text");
      await(work, new Progress(7, 0, 0));
      embedder.open.countDown();
      await(work, new Progress(0, 7, 0));
    }
    assertThat(warnings).hasSize(1);
  }

  @Test
  void aModelThatChangesItsDimensionAmongManyTextsLeavesNoneAsItWas() {
    for (var i = 0; i < 40; i++) save("m-" + i, "Title " + i, "text");
    embedder.wideAfter = 16;
    try (var work = work("m", Duration.ofMinutes(5))) {
      await(work, new Progress(0, 40, 0));
    }
    for (var i = 0; i < 40; i++) {
      var vector = vector("m-" + i).orElseThrow();
      assertThat(vector.dimension()).isEqualTo(4);
      assertThat(Vector.decode(vector.vector()).dimension()).isEqualTo(4);
    }
    assertThat(warnings).hasSize(1);
  }

  @Test
  void aQuestionMayFindThatTheModelHasAnotherDimension() {
    save("a", "Title", "text");
    var model = Model.loading("m", () -> embedder, warnings::add);
    try (var work =
        new VectorWork(store, model, () -> others, Duration.ofMinutes(5), InstantSource.system())) {
      work.start();
      await(work, new Progress(0, 1, 0));
      embedder.wideAfter = 0;
      assertThat(model.vectorOf("question", PATIENCE)).isEmpty();
      await(() -> vector("a").orElseThrow().dimension() == 4);
      await(work, new Progress(0, 1, 0));
    }
  }

  /// The first look is for what lacks a vector, each further one at one memory of what was found.
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 18})
  void aLookThatTheStoreRefusesLeavesNothingOut(int look) {
    for (var i = 0; i < 40; i++) save("m-" + i, "Title " + i, "text");
    // As long as the mesh looks the same nothing is looked through from the beginning.
    try (var work = work("m", Duration.ofMinutes(5), refusing(look))) {
      await(work, new Progress(0, 40, 0));
    }
    assertThat(embedder.texts).hasSize(40).doesNotHaveDuplicates();
  }

  @Test
  void aModelThatFailsForNowIsAskedAgain() {
    embedder.failures.set(1);
    save("a", "Title", "text");
    try (var work = work("m")) {
      await(work, new Progress(0, 1, 0));
    }
  }

  @Test
  void whatOthersStoredIsLeftToThemUntilTheyAreGone() {
    others.put("other", "m");
    receive("a", "other");
    try (var work = work("m")) {
      save("b", "Mine", "text");
      await(work, new Progress(1, 1, 0));
      others.clear();
      await(work, new Progress(0, 2, 0));
    }
    assertThat(embedder.texts).containsExactly("Mine\ntext", "Theirs\ntext");
  }

  @Test
  void whatAStrangerStoredIsLeftToItForAWhile() {
    try (var work = work("m", Duration.ofSeconds(1))) {
      save("b", "Mine", "text");
      await(work, new Progress(0, 1, 0));
      await(() -> age() > 1_500);
      receive("a", "stranger", System.currentTimeMillis());
      var arrived = System.nanoTime();
      await(work, new Progress(0, 2, 0));
      assertThat(Duration.ofNanos(System.nanoTime() - arrived))
          .isGreaterThan(Duration.ofMillis(900));
    }
  }

  @Test
  void forANodeWithoutAnEmbedderAnotherDoesIt() {
    others.put("other", "");
    receive("a", "other");
    try (var work = work("m")) {
      await(work, new Progress(0, 1, 0));
    }
  }

  @Test
  void anArchivedMemoryGetsItsVectorWhenItIsBack() {
    save("a", "Title", "text");
    store.write(transaction -> {
      transaction.archive("a", "test");
      return true;
    });
    try (var work = work("m")) {
      await(work, new Progress(0, 0, 0));
      store.write(transaction -> {
        transaction.revive("a");
        return true;
      });
      await(work, new Progress(0, 1, 0));
    }
  }

  @Test
  void aModelThatNeverAnswersKeepsNobodyFromClosing() {
    embedder.gateAfter = 0;
    save("a", "Title", "text");
    long closing;
    try (var _ = work("m")) {
      await(() -> embedder.texts.size() == 1);
      closing = System.nanoTime();
    }
    assertThat(Duration.ofNanos(System.nanoTime() - closing)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void withoutAModelNothingHappens() {
    save("a", "Title", "text");
    try (var work =
        new VectorWork(store, Model.off(), () -> others, ABSENT, InstantSource.system())) {
      work.start();
      assertThat(work.progress()).isEmpty();
    }
    assertThat(vector("a")).isEmpty();
  }

  private final long begun = System.nanoTime();

  private long age() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
  }

  private VectorWork work(String name) {
    return work(name, ABSENT);
  }

  private VectorWork work(String name, Duration absent) {
    return work(name, absent, store);
  }

  private VectorWork work(String name, Duration absent, Store from) {
    var model = Model.loading(name, () -> embedder, warnings::add);
    var work = new VectorWork(from, model, () -> others, absent, InstantSource.system());
    work.start();
    return work;
  }

  /// The store as it is, but that it refuses one look of the thread that makes vectors.
  private Store refusing(int look) {
    var looks = new AtomicInteger();
    return (Store)
        Proxy.newProxyInstance(
            Store.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (_, method, arguments) -> {
              var counts =
                  method.getName().equals("read")
                      && Thread.currentThread().getName().equals("vectors");
              if (counts && looks.incrementAndGet() == look) throw new Overloaded("too many reads");
              return method.invoke(store, arguments);
            });
  }

  private Stamp save(String id, String title, String content) {
    var memory = AnyMemory.plain(id, title, content, Instant.parse("2025-06-01T00:00:00Z"));
    return store.write(transaction -> transaction.save(memory)).value();
  }

  /// What another node stored arrives.
  private void receive(String id, String node) {
    receive(id, node, Instant.parse("2025-06-01T00:00:00Z").toEpochMilli());
  }

  private void receive(String id, String node, long millis) {
    var memory = AnyMemory.plain(id, "Theirs", "text", Instant.parse("2025-06-01T00:00:00Z"));
    var stamp = Stamp.at(Instant.ofEpochMilli(millis), node);
    var content = ContentRegister.of(id, stamp, Seen.NOTHING, Body.write(memory));
    store.write(transaction -> transaction.receive(content, new Origin(node, "epoch", 1), null));
  }

  private Optional<EmbeddingRegister> vector(String id) {
    return store.read(
        snapshot -> snapshot.register(Lane.EMBEDDING, id).map(EmbeddingRegister.class::cast));
  }

  private static void await(VectorWork work, Progress progress) {
    await(() -> work.progress().equals(Optional.of(progress)));
  }

  private static void await(BooleanSupplier condition) {
    var end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(end);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }

  /// Remembers the texts it was asked for, that a model is asked for at its start left out.
  private static final class Counting implements Embedder {
    private final List<String> texts = new CopyOnWriteArrayList<>();
    private volatile int gateAfter = Integer.MAX_VALUE;

    /// After so many texts it answers one value more.
    private volatile int wideAfter = Integer.MAX_VALUE;

    private volatile boolean canReadAll;
    private volatile CountDownLatch open = new CountDownLatch(1);
    private final AtomicInteger failures = new AtomicInteger();

    @Override
    public String model() {
      return "m";
    }

    @Override
    public List<Vector> embed(List<String> wanted) throws EmbeddingFailed {
      var vectors = new ArrayList<Vector>();
      var wide = texts.size() >= wideAfter;
      for (var text : wanted) {
        if (text.endsWith("bad") && !canReadAll) throw EmbeddingFailed.lasting("it cannot be read");
        vectors.add(wide ? wide(text) : of(text));
        if (!text.contains("\n")) continue;
        texts.add(text);
        if (texts.size() > gateAfter) await(open);
        if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
          throw EmbeddingFailed.forNow("not now");
        }
      }
      return vectors;
    }

    private static void await(CountDownLatch gate) throws EmbeddingFailed {
      try {
        if (!gate.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
          throw EmbeddingFailed.forNow("it was never let go");
        }
      } catch (InterruptedException e) {
        throw EmbeddingFailed.forNow("interrupted");
      }
    }

    static Vector of(String text) {
      return Vector.of(new float[] {1, text.length(), text.hashCode() % 97});
    }

    private static Vector wide(String text) {
      return Vector.of(new float[] {1, text.length(), text.hashCode() % 97, 1});
    }

    /// As a client that is shut down: what is asked for ends.
    @Override
    public void close() {
      open.countDown();
    }
  }
}
