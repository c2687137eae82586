package dev.quorate.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ModelTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration SOON = Duration.ofMillis(5);

  private final List<String> warnings = new CopyOnWriteArrayList<>();

  @Test
  void noModelMakesNothing() {
    try (var model = Model.off()) {
      assertThat(model.status()).isEqualTo(new ModelStatus.Off());
      assertThat(model.ready()).isEmpty();
      assertThat(model.vectorOf("a", PATIENCE)).isEmpty();
      assertThat(model.name()).isEmpty();
    }
  }

  @Test
  void loadingWaitsForNobody() {
    var gate = new CountDownLatch(1);
    try (var model =
        loading(() -> {
          await(gate);
          return new Counting();
        })) {
      assertThat(model.status()).isEqualTo(new ModelStatus.Loading());
      assertThat(model.vectorOf("a", PATIENCE)).isEmpty();
      gate.countDown();
      until(() -> model.ready().isPresent());
      assertThat(model.status()).isEqualTo(new ModelStatus.Ready(3));
    }
    assertThat(warnings).isEmpty();
  }

  @Test
  void aTextThatIsAskedTwiceIsEmbeddedOnce() {
    var embedder = new Counting();
    try (var model = loading(() -> embedder)) {
      until(() -> model.ready().isPresent());
      var first = model.vectorOf("a", PATIENCE);
      assertThat(first).isPresent();
      assertThat(model.vectorOf("a", PATIENCE)).isEqualTo(first);
    }
    assertThat(embedder.texts).containsExactly("ready?", "a");
  }

  @Test
  void aSlowModelIsNotWaitedForButUsedLater() {
    var embedder = new Counting();
    embedder.gate = new CountDownLatch(1);
    try (var model = loading(() -> embedder)) {
      until(() -> model.ready().isPresent());
      assertThat(model.vectorOf("slow", Duration.ofMillis(20))).isEmpty();
      assertThat(model.vectorOf("slow", Duration.ofMillis(20))).isEmpty();
      embedder.gate.countDown();
      until(() -> model.vectorOf("slow", PATIENCE).isPresent());
    }
    assertThat(embedder.texts).containsExactly("ready?", "slow");
  }

  @Test
  void aModelThatCannotBeLoadedIsOffWithOneWarning() {
    try (var model =
        loading(() -> {
          throw EmbeddingFailed.lasting("no native library");
        })) {
      until(() -> model.status() instanceof ModelStatus.Failed);
      assertThat(model.status()).isEqualTo(new ModelStatus.Failed("no native library", true));
      assertThat(model.ready()).isEmpty();
    }
    assertThat(warnings).hasSize(1).first().asString().contains("no native library");
  }

  @Test
  void anEndpointThatComesBackIsUsedAgainWithOneWarning() {
    var embedder = new Counting();
    try (var model = loading(() -> embedder)) {
      until(() -> model.ready().isPresent());
      embedder.failures.set(3);
      assertThat(model.vectorOf("a", PATIENCE)).isEmpty();
      assertThat(warnings).hasSize(1);
      until(() -> model.ready().isPresent());
      assertThat(model.vectorOf("a", PATIENCE)).isPresent();
    }
    assertThat(warnings).hasSize(1);
  }

  @Test
  void allTriesAreOfOneThreadWhoeverMetTheFailure() {
    var embedder = new Counting();
    try (var model = loading(() -> embedder)) {
      until(() -> model.ready().isPresent());
      for (var round = 0; round < 2; round++) {
        embedder.failures.set(2);
        assertThat(model.vectorOf("a" + round, PATIENCE)).isEmpty();
        until(() -> model.ready().isPresent());
      }
    }
    assertThat(embedder.probing).hasSize(1);
  }

  @Test
  void oneTextThatCannotBeEmbeddedLeavesTheModelInUse() {
    var embedder = new Counting();
    try (var model = loading(() -> embedder)) {
      until(() -> model.ready().isPresent());
      assertThat(model.vectorOf("bad", PATIENCE)).isEmpty();
      assertThat(model.vectorOf("good", PATIENCE)).isPresent();
    }
    assertThat(warnings).isEmpty();
  }

  @Test
  void aDimensionThatChangesIsRefused() {
    var embedder = new Counting();
    try (var model = loading(() -> embedder)) {
      until(() -> model.ready().isPresent());
      assertThat(model.vectorOf("wide", PATIENCE)).isEmpty();
      assertThat(model.status()).isEqualTo(new ModelStatus.Ready(3));
      assertThat(warnings).isEmpty();
    }
  }

  @Test
  void aModelOfAnotherDimensionIsTakenUpWithOneWarning() {
    var embedder = new Counting();
    try (var model = loading(() -> embedder)) {
      until(() -> model.ready().isPresent());
      assertThat(model.vectorOf("a", PATIENCE)).isPresent();
      embedder.wide = true;
      assertThat(model.vectorOf("b", PATIENCE)).isEmpty();
      until(() -> model.status().equals(new ModelStatus.Ready(4)));
      assertThat(model.known("a")).isEmpty();
      assertThat(model.vectorOf("a", PATIENCE)).map(Vector::dimension).contains(4);
      assertThat(model.known("a")).map(Vector::dimension).contains(4);
    }
    assertThat(warnings).containsExactly("the model answers vectors of 4 values now, no more of 3");
  }

  @Test
  void whatWasAskedOfTheFormerModelSaysNothingOfTheNew() {
    var embedder = new Counting();
    try (var model = loading(() -> embedder)) {
      until(() -> model.ready().isPresent());
      var former = model.ready().orElseThrow();
      embedder.wide = true;
      assertThat(failure(former).lasting()).isFalse();
      until(() -> model.status().equals(new ModelStatus.Ready(4)));
      assertThat(failure(former).lasting()).isFalse();
      assertThat(model.status()).isEqualTo(new ModelStatus.Ready(4));
    }
    assertThat(warnings).hasSize(1);
  }

  private static EmbeddingFailed failure(Embedder embedder) {
    return catchThrowableOfType(EmbeddingFailed.class, () -> embedder.embed(List.of("text")));
  }

  @Test
  void whatNobodyWaitsForIsAskedForAsThat() throws EmbeddingFailed {
    var embedder = new Counting();
    try (var model = loading(() -> embedder)) {
      until(() -> model.ready().isPresent());
      var ready = model.ready().orElseThrow();
      ready.embed(List.of("a"));
      assertThat(embedder.unhurried).isEmpty();
      ready.embedUnhurried(List.of("b"));
      assertThat(embedder.unhurried).containsExactly("b");
    }
  }

  private Model loading(ModelLoader loader) {
    return Model.loading("counting", loader, SOON, warnings::add);
  }

  private static void until(BooleanSupplier condition) {
    var end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(end);
      Thread.onSpinWait();
    }
  }

  private static void await(CountDownLatch gate) {
    try {
      assertThat(gate.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /// Answers vectors of three values, or of four, and remembers what it was asked.
  private static final class Counting implements Embedder {
    private final List<String> texts = new CopyOnWriteArrayList<>();
    private final AtomicInteger failures = new AtomicInteger();
    private final List<String> unhurried = new CopyOnWriteArrayList<>();
    private final Set<Thread> probing = ConcurrentHashMap.newKeySet();
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private volatile boolean wide;

    @Override
    public String model() {
      return "counting";
    }

    @Override
    public List<Vector> embed(List<String> wanted) throws EmbeddingFailed {
      texts.addAll(wanted);
      if (wanted.contains("ready?")) probing.add(Thread.currentThread());
      if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        throw EmbeddingFailed.forNow("not now");
      }
      var vectors = new ArrayList<Vector>();
      for (var text : wanted) {
        if (text.equals("bad")) throw EmbeddingFailed.lasting("cannot read it");
        if (text.equals("slow")) await(gate);
        var four = wide || text.equals("wide");
        vectors.add(Vector.of(four ? new float[] {1, 0, 0, 0} : new float[] {1, text.length(), 0}));
      }
      return vectors;
    }

    @Override
    public List<Vector> embedUnhurried(List<String> wanted) throws EmbeddingFailed {
      unhurried.addAll(wanted);
      return embed(wanted);
    }

    @Override
    public void close() {}
  }
}
